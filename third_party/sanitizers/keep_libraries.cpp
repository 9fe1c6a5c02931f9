// For the address sanitizer: libraries stay loaded until the end, such as the drivers of OpenGL. It
// looks for leaks then, and can name, and suppress, only what is in a loaded library.
extern "C" int dlclose(void* /*library*/) { return 0; }
