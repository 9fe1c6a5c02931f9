# The fuzz targets and the libraries below them; no LibTorch, OpenCV or FFmpeg.
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Threads REQUIRED)
target_link_libraries(nosetip_settings INTERFACE fmt::fmt)
target_compile_options(nosetip_settings INTERFACE
  -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
target_link_options(nosetip_settings INTERFACE -fsanitize=address,undefined)
add_subdirectory(tracker)
add_subdirectory(tests/fuzz)
