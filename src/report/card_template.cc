#include <algorithm>
#include <array>
#include <kainjow/mustache.hpp>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/report/cards.h"

namespace lianhu::report {
namespace {

constexpr absl::string_view kPerPage = "<!-- per page:";
constexpr int32_t kMostPerPage = 1000;

int32_t LineAt(absl::string_view text, size_t offset) {
  return 1 + static_cast<int32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

struct Tag {
  char kind;  // '#', '^', '/', '!' or ' ' for a value
  absl::string_view name;
  size_t begin;
  size_t end;
};

absl::StatusOr<std::vector<Tag>> FindTags(absl::string_view text, const std::string& source) {
  std::vector<Tag> tags;
  for (size_t begin = text.find("{{"); begin != absl::string_view::npos;) {
    const auto complain = [&](absl::string_view message) {
      return absl::InvalidArgumentError(absl::StrCat(source, ": line ", LineAt(text, begin), ": ", message));
    };
    const size_t end = text.find("}}", begin);
    if (end == absl::string_view::npos) return complain("a tag {{ is not closed");
    absl::string_view inside = text.substr(begin + 2, end - begin - 2);
    Tag tag{' ', "", begin, end + 2};
    if (!inside.empty() && !absl::ascii_isspace(inside[0]) && absl::ascii_ispunct(inside[0]) && inside[0] != '_') {
      tag.kind = inside[0];
      inside.remove_prefix(1);
    }
    tag.name = absl::StripAsciiWhitespace(inside);
    if (absl::string_view("#^/! ").find(tag.kind) == absl::string_view::npos) {
      return complain(absl::StrCat("the tag {{", std::string(1, tag.kind), tag.name,
                                   "}} is not allowed: values are always escaped, and there are no partials"));
    }
    if (tag.name.empty() && tag.kind != '!') return complain("a tag has no name");
    if (tag.kind != '!') tags.push_back(tag);
    begin = text.find("{{", end + 2);
  }
  return tags;
}

absl::StatusOr<int32_t> PerPage(absl::string_view text, const std::string& source) {
  const size_t begin = text.find(kPerPage);
  if (begin == absl::string_view::npos) return 1;
  const size_t from = begin + kPerPage.size();
  const absl::string_view number = absl::StripAsciiWhitespace(text.substr(from, text.find("-->", from) - from));
  int32_t per_page = 0;
  if (absl::SimpleAtoi(number, &per_page) && per_page >= 1 && per_page <= kMostPerPage) return per_page;
  return absl::InvalidArgumentError(absl::StrCat(source, ": line ", LineAt(text, begin),
                                                 ": `per page` needs a whole number from 1 to ", kMostPerPage));
}

}  // namespace

bool IsSuppliedName(absl::string_view name) {
  constexpr std::array<absl::string_view, 10> kNames = {"title",      "page_number", "page",      "stewards",
                                                        "number",     "row",         "household", "household_count",
                                                        "households", "distance_m"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

absl::StatusOr<CardTemplate> CardTemplate::Parse(absl::string_view text, std::string source) {
  const absl::StatusOr<std::vector<Tag>> tags = FindTags(text, source);
  if (!tags.ok()) return tags.status();
  const auto complain = [&](const Tag& tag, absl::string_view message) {
    return absl::InvalidArgumentError(absl::StrCat(source, ": line ", LineAt(text, tag.begin), ": ", message));
  };
  CardTemplate result;
  const Tag* page_begin = nullptr;
  const Tag* page_end = nullptr;
  bool stewards = false;
  std::vector<const Tag*> open;
  for (const Tag& tag : *tags) {
    if (tag.kind == '#' || tag.kind == '^') {
      if (tag.name == "page") {
        if (page_begin != nullptr) return complain(tag, "there is a {{#page}} already");
        if (!open.empty() || tag.kind == '^') return complain(tag, "{{#page}} cannot be inside another section");
        page_begin = &tag;
      }
      if (tag.kind == '#' && tag.name == "stewards" && !open.empty() && open[0]->name == "page") stewards = true;
      open.push_back(&tag);
    } else if (tag.kind == '/') {
      const auto opens = [&](const Tag* section) { return section->name == tag.name; };
      if (std::none_of(open.begin(), open.end(), opens)) {
        return complain(tag, absl::StrCat("{{/", tag.name, "}} closes nothing"));
      }
      if (!opens(open.back())) {
        return complain(*open.back(), absl::StrCat("the section ", open.back()->name, " is not closed before {{/",
                                                   tag.name, "}} in line ", LineAt(text, tag.begin)));
      }
      if (tag.name == "page") page_end = &tag;
      open.pop_back();
    } else {
      const auto guards = [&](const Tag* section) { return section->kind == '#' && section->name == tag.name; };
      if (!IsSuppliedName(tag.name) && std::none_of(open.begin(), open.end(), guards)) {
        result.unguarded_.push_back({std::string(tag.name), LineAt(text, tag.begin)});
      }
    }
  }
  if (!open.empty()) return complain(*open.back(), absl::StrCat("the section ", open.back()->name, " is not closed"));
  if (page_end == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(source, ": has no {{#page}}...{{/page}}"));
  }
  const absl::StatusOr<int32_t> per_page = PerPage(text, source);
  if (!per_page.ok()) return per_page.status();
  if (!stewards) return complain(*page_begin, "there is no {{#stewards}}...{{/stewards}} inside {{#page}}");
  result.per_page_ = *per_page;
  result.head_ = std::string(text.substr(0, page_begin->begin));
  result.page_ = std::string(text.substr(page_begin->end, page_end->begin - page_begin->end));
  result.tail_ = std::string(text.substr(page_end->end));
  for (const std::string* part : {&result.head_, &result.page_, &result.tail_}) {
    const kainjow::mustache::mustache parsed(*part);
    if (!parsed.is_valid()) return absl::InvalidArgumentError(absl::StrCat(source, ": ", parsed.error_message()));
  }
  result.source_ = std::move(source);
  return result;
}

absl::Status CardTemplate::CheckNames(absl::Span<const std::string> columns) const {
  for (const Use& use : unguarded_) {
    if (std::find(columns.begin(), columns.end(), use.name) != columns.end()) continue;
    return absl::InvalidArgumentError(absl::StrCat(source_, ": line ", use.line, ": there is no column for {{",
                                                   use.name, "}}; write {{#", use.name, "}}{{", use.name, "}}{{/",
                                                   use.name, "}} where it may be missing"));
  }
  return absl::OkStatus();
}

}  // namespace lianhu::report
