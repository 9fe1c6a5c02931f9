// The parts of pages that need no other files, no network and no scripts. All texts are plain:
// characters with a meaning in HTML are escaped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nosetip {

struct ReportFigure {
  std::string name;
  std::string value;
};

struct ReportTable {
  std::string caption;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // each as long as the header
  bool folded = false;                         // shows only its caption until clicked
  // The rows are sorted by this column, the largest first; a script of the page may let readers
  // choose another. Numbers of such a table have equally many decimals.
  std::optional<size_t> sorted_by{};
  // HTML of a picture before each row, from the first on; may be fewer. The table then scrolls in a
  // box of its own.
  std::vector<std::string> row_pictures{};
};

// From the document's start to the end of the header, with kPageStyle and then `style`. `head` is
// HTML for the head, such as <meta> elements.
std::string HtmlStart(std::string_view title, std::string_view subtitle,
                      std::string_view style = {}, std::string_view head = {});
std::string HtmlEnd();

std::string HtmlElement(std::string_view tag, std::string_view text);
std::string HtmlSummary(const std::vector<ReportFigure>& figures);
// Scrolls in a box of its own where it is too wide.
std::string HtmlTable(const ReportTable& table);

// RFC 4648, with padding.
std::string Base64(std::span<const uint8_t> bytes);

// The page's style sheet. It follows the reader's choice of light or dark; pictures keep their
// white background in both, since their colors are made for it. Tables too wide for the window
// scroll in a box of their own.
inline constexpr std::string_view kPageStyle = R"css(
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2128; --soft: #57606c;
  --line: #d9dee5; --card: #f4f6f9; --link: #1a5fb4; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181d; --ink: #e4e8ee; --soft: #a4aebb; --line: #333a44; --card: #1e232a;
    --link: #86b7f5; }
}
* { box-sizing: border-box; }
body { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; }
h2 { margin: 0 0 .6rem; font-size: 1.3rem; line-height: 1.3; }
h3, summary { margin: 1.2rem 0 .4rem; font-size: 1rem; font-weight: 600; }
summary { cursor: pointer; }
p { margin: .4rem 0; max-width: 46rem; }
header p, figcaption, dt { color: var(--soft); }
a { color: var(--link); }
section { margin-top: 2.2rem; padding-top: 1.4rem; border-top: 1px solid var(--line); }
nav { margin-top: 1.4rem; padding: 1rem; border-radius: .5rem; background: var(--card); }
nav h2 { font-size: 1rem; }
nav ol { columns: 16rem; column-gap: 2rem; margin: 0; padding-left: 1.6rem; }
nav li { break-inside: avoid; }
.summary { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr));
  gap: .6rem; margin: 1.2rem 0 0; }
@media (min-width: 48rem) {
  .summary { grid-template-columns: repeat(4, 1fr); }
}
.summary div { padding: .6rem .9rem; border-radius: .5rem; background: var(--card); }
.summary dt { font-size: .85rem; }
.summary dd { margin: 0; font-size: 1.25rem; font-weight: 600; }
figure { margin: 1rem 0; }
figure img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line);
  border-radius: .4rem; background: #ffffff; }
figcaption { margin-top: .4rem; font-size: .92rem; }
pre { margin: .6rem 0; padding: .8rem 1rem; border-radius: .5rem; background: var(--card);
  font: .88rem/1.5 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace;
  white-space: pre-wrap; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
table { width: 100%; border-collapse: collapse; font-size: .92rem;
  font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; }
td { min-width: 6rem; overflow-wrap: anywhere; }
td:first-child:not(:last-child) { min-width: 9.8rem; }
th { background: var(--card); white-space: nowrap; }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
th button::after { content: " \2195"; color: var(--soft); }
th[aria-sort="descending"] button::after { content: " \2193"; color: inherit; }
th[aria-sort="ascending"] button::after { content: " \2191"; color: inherit; }
.high { max-height: min(85vh, 46rem); overflow-y: auto; }
.high th { position: sticky; top: 0; }
.high td { vertical-align: middle; min-width: 4rem; }
.high td.picture { width: 1%; min-width: 0; }
.high td:nth-child(2) { min-width: 8rem; }
td img { display: block; background: #ffffff; }
tr + tr td, thead + tbody td { border-top: 1px solid var(--line); }
@media print {
  :root { color-scheme: light; --paper: #ffffff; --ink: #1c2128; --soft: #57606c; --line: #d9dee5;
    --card: #f4f6f9; --link: #1a5fb4; }
  body { padding: 0; }
  .scroll { overflow: visible; max-height: none; }
  table { font-size: .78rem; }
  td, td:first-child:not(:last-child) { min-width: 0; }
  figure, .summary div, tr { break-inside: avoid; }
}
)css";

}  // namespace nosetip
