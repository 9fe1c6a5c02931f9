// Text of strangers, such as names of files, for a terminal, a log or the title of a window.
#pragma once

#include <string>
#include <string_view>

namespace nosetip {

// Control characters but for line ends and tabs are written as \x1b, so that a name cannot move the
// cursor, color the text or set the title of a terminal.
std::string PrintableText(std::string_view text);

// Each address in the text without its password: rtsp://user:***@host/live, and
// http://host/?pwd=*** for what is called password, passwd, pwd, pass, token or key in its query.
std::string WithoutPasswords(std::string_view text);

}  // namespace nosetip
