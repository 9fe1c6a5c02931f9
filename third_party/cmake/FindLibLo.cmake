# Finds liblo, which has no CMake configuration in Debian's package.
# Sets LibLo_FOUND, LibLo_INCLUDE_DIRS and LibLo_LIBRARIES.
find_path(LibLo_INCLUDE_DIR lo/lo_lowlevel.h)
find_library(LibLo_LIBRARY lo)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibLo REQUIRED_VARS LibLo_LIBRARY LibLo_INCLUDE_DIR)
set(LibLo_INCLUDE_DIRS ${LibLo_INCLUDE_DIR})
set(LibLo_LIBRARIES ${LibLo_LIBRARY})
mark_as_advanced(LibLo_INCLUDE_DIR LibLo_LIBRARY)
