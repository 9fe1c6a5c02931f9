// The pages of the live server.
#pragma once

#include <string>

namespace nosetip {

// The live picture with the points that were found in it, and the frame rate.
std::string LivePage();
// The points alone on a transparent ground, as large as the window.
std::string OverlayPage();

}  // namespace nosetip
