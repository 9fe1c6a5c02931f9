# Finds the libraries of FFmpeg that read and write videos: avformat, avcodec, swscale and avutil
# (docs/decisions/0016-reading-videos.md, 0007-recordings.md). Neither FFmpeg nor Debian has a CMake configuration for them.
# Sets FFmpeg_FOUND, FFmpeg_INCLUDE_DIRS and FFmpeg_LIBRARIES.
find_path(FFmpeg_INCLUDE_DIR libavformat/avformat.h
          PATH_SUFFIXES ${CMAKE_LIBRARY_ARCHITECTURE} ffmpeg)
set(FFmpeg_LIBRARIES)
set(FFmpeg_required FFmpeg_INCLUDE_DIR)
foreach(name IN ITEMS avformat avcodec swscale avutil)
  find_library(FFmpeg_${name}_LIBRARY ${name})
  mark_as_advanced(FFmpeg_${name}_LIBRARY)
  list(APPEND FFmpeg_LIBRARIES ${FFmpeg_${name}_LIBRARY})
  list(APPEND FFmpeg_required FFmpeg_${name}_LIBRARY)
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(FFmpeg REQUIRED_VARS ${FFmpeg_required})
set(FFmpeg_INCLUDE_DIRS ${FFmpeg_INCLUDE_DIR})
mark_as_advanced(FFmpeg_INCLUDE_DIR)
