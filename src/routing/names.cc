#include "routing/names.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "lianhu/routing/expression.h"

namespace lianhu::routing {

bool IsNameStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
}
bool IsNamePart(char c) {
  return IsNameStart(c) || absl::ascii_isdigit(static_cast<unsigned char>(c));
}

size_t BlankSize(absl::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
  if (absl::ascii_isspace(byte(0))) return 1;
  if (byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0x85)) return 2;
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return 3;
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) <= 0x8A || byte(2) == 0xA8 || byte(2) == 0xA9)) return 3;
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  return 0;
}

std::string NormalizeName(absl::string_view name) {
  std::string normal;
  bool pending = false;
  for (size_t at = 0; at < name.size();) {
    if (const size_t blank = BlankSize(name.substr(at)); blank > 0) {
      pending = !normal.empty();
      at += blank;
      continue;
    }
    if (pending) normal += ' ';
    pending = false;
    normal += name[at++];
  }
  return normal;
}

void Names::Add(absl::string_view name) {
  std::string normal = NormalizeName(name);
  if (normal.empty()) return;
  longest_ = std::max(longest_, normal.size());
  names_.insert(std::move(normal));
}

size_t Names::LongestPrefix(absl::string_view text, std::string* name) const {
  std::string normal;
  size_t best = 0;
  bool pending = false;
  for (size_t at = 0; at < text.size() && normal.size() <= longest_;) {
    if (const size_t blank = BlankSize(text.substr(at)); blank > 0) {
      if (normal.empty()) break;
      pending = true;
      at += blank;
      continue;
    }
    if (pending) normal += ' ';
    pending = false;
    const char c = text[at++];
    normal += c;
    if (IsNamePart(c) && at < text.size() && IsNamePart(text[at]) && BlankSize(text.substr(at)) == 0) continue;
    if (normal.size() <= longest_ && names_.find(normal) != names_.end()) {
      best = at;
      *name = normal;
    }
  }
  std::string other;
  if (outer_ == nullptr) return best;
  if (const size_t size = outer_->LongestPrefix(text, &other); size > best) {
    best = size;
    *name = other;
  }
  return best;
}

}  // namespace lianhu::routing
