// Numbers and text for files; numbers have a decimal point in every locale.
#pragma once

#include <string>
#include <string_view>

namespace nosetip {

// Of results.
inline constexpr int kTimeDecimals = 6;  // seconds
inline constexpr int kConfidenceDecimals = 3;
inline constexpr int kPixelDecimals = 3;

// `value` with `decimals` digits after the point, never "-0.000"; "nan", "inf" or "-inf" where it
// is not finite.
std::string FixedText(double value, int decimals);

// The nearest number with `decimals` digits after the point, for libraries that format numbers
// themselves.
double RoundedTo(double value, int decimals);

// A field of a comma-separated file: in quotes where it holds a comma, a quote or a line break
// (RFC 4180).
std::string CsvField(std::string_view text);

// Text or a quoted attribute of XML or HTML: & < > ' and " are escaped.
std::string MarkupText(std::string_view text);

}  // namespace nosetip
