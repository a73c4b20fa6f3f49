#include "io/json_by_schema.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

using capnp::schema::Type;

// What a SAX parser of nlohmann calls; each call returns whether to go on.
class Rewriter {
 public:
  using json = nlohmann::json;

  Rewriter(capnp::StructSchema schema, absl::string_view source) : root_(schema), source_(source) {}

  // NOLINTBEGIN(readability-identifier-naming): the parser's names.
  bool null() { return Refuse("must not be null"); }

  bool boolean(bool value) {
    const std::optional<capnp::Type> type = Expect();
    if (!type.has_value()) return false;
    if (!type->isBool()) return Mismatch(*type);
    return Put(value ? "true" : "false");
  }

  bool number_integer(json::number_integer_t value) { return Number(absl::StrCat(value), true); }
  bool number_unsigned(json::number_unsigned_t value) { return Number(absl::StrCat(value), true); }
  bool number_float(json::number_float_t, const std::string& text) { return Number(text, false); }

  bool string(std::string& value) {
    const std::optional<capnp::Type> type = Expect();
    if (!type.has_value()) return false;
    if (!type->isText() && !type->isEnum()) return Mismatch(*type);
    for (const char c : value) {
      if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
        return Refuse(absl::StrCat("has a control character: '", ShownValue(value), "'"));
      }
    }
    if (type->isEnum() && !HasEnumerant(type->asEnum(), value)) {
      return Refuse(absl::StrCat("unknown word: '", ShownValue(value), "'"));
    }
    return Put(Quoted(value));
  }

  bool binary(json::binary_t&) { return Refuse("must not be binary"); }

  bool start_object(size_t) {
    if (levels_.empty()) {
      levels_.push_back({.type = root_});
      text_ += '{';
      return true;
    }
    const std::optional<capnp::Type> type = Expect();
    if (!type.has_value()) return false;
    if (!type->isStruct()) return Mismatch(*type);
    Begin('{', *type);
    return true;
  }

  bool key(std::string& name) {
    Level& level = levels_.back();
    level.member = name;
    const capnp::StructSchema schema = level.type.asStruct();
    KJ_IF_MAYBE (field, schema.findFieldByName(name.c_str())) {
      level.wanted = field->getType();
    } else {
      return Refuse("no such member");
    }
    if (!level.seen.insert(name).second) return Refuse("is there twice");
    return true;
  }

  bool end_object() { return End('}'); }

  bool start_array(size_t) {
    const std::optional<capnp::Type> type = Expect();
    if (!type.has_value()) return false;
    if (!type->isList()) return Mismatch(*type);
    Begin('[', *type);
    return true;
  }

  bool end_array() { return End(']'); }

  bool parse_error(size_t, const std::string&, const json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 2, column 1: syntax error while ..."
    std::string said = error.what();
    said.erase(0, said.find("] ") + 2);
    status_ = absl::InvalidArgumentError(absl::StrCat(source_, ": no JSON: ", said.substr(0, 200)));
    return false;
  }
  // NOLINTEND(readability-identifier-naming)

  absl::Status status() const { return status_; }
  std::string Take() { return std::move(text_); }

 private:
  struct Level {
    capnp::Type type;  // a struct or a list
    std::string member = {};
    std::set<std::string> seen = {};
    std::optional<capnp::Type> wanted = {};  // of the member whose value comes next
    int64_t entries = 0;                     // of a list, or members
  };

  // The type of the value that begins here; nothing when there can be none, which is an error.
  std::optional<capnp::Type> Expect() {
    if (levels_.empty()) {
      Refuse("must be an object: { ... }");
      return std::nullopt;
    }
    Level& level = levels_.back();
    return level.type.isList() ? level.type.asList().getElementType() : level.wanted;
  }

  bool Number(const std::string& text, bool whole) {
    const std::optional<capnp::Type> type = Expect();
    if (!type.has_value()) return false;
    if (type->isText()) return Put(Quoted(text));  // a decimal
    if (!type->isInt32()) return Mismatch(*type);
    int32_t value = 0;
    if (whole && absl::SimpleAtoi(text, &value)) return Put(text);
    return Refuse(absl::StrCat("must be a whole number of at most 32 bits: ", text));
  }

  // A value that goes out: after a comma and its name.
  bool Put(absl::string_view value) {
    Level& level = levels_.back();
    if (level.entries++ > 0) text_ += ',';
    if (level.type.isStruct()) absl::StrAppend(&text_, Quoted(level.member), ":");
    absl::StrAppend(&text_, value);
    return true;
  }

  void Begin(char bracket, capnp::Type type) {
    Put(absl::string_view(&bracket, 1));
    levels_.push_back({.type = type});
  }

  bool End(char bracket) {
    text_ += bracket;
    levels_.pop_back();
    return true;
  }

  static std::string Quoted(absl::string_view value) {
    std::string quoted = "\"";
    for (const char c : value) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    return quoted + '"';
  }

  static bool HasEnumerant(capnp::EnumSchema schema, const std::string& name) {
    return schema.findEnumerantByName(name.c_str()) != nullptr;
  }

  bool Mismatch(capnp::Type type) {
    switch (type.which()) {
      case Type::BOOL:
        return Refuse("must be true or false");
      case Type::INT32:
        return Refuse("must be a whole number");
      case Type::LIST:
        return Refuse("must be a list: [ ... ]");
      case Type::STRUCT:
        return Refuse("must be an object: { ... }");
      default:
        return Refuse("must be text: \"...\"");
    }
  }

  bool Refuse(absl::string_view message) {
    std::string path;
    for (const Level& level : levels_) {
      if (level.type.isStruct()) {
        absl::StrAppend(&path, path.empty() ? "" : ".", level.member);
      } else {
        // Of the lists around, the entry that was begun last; of the innermost one the next.
        absl::StrAppend(&path, "[", level.entries - (&level == &levels_.back() ? 0 : 1), "]");
      }
    }
    status_ = absl::InvalidArgumentError(absl::StrCat(source_, ": ", path, path.empty() ? "" : ": ", message));
    return false;
  }

  capnp::StructSchema root_;
  absl::string_view source_;
  std::vector<Level> levels_;
  std::string text_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<std::string> ReadJsonBySchema(absl::string_view json, capnp::StructSchema schema,
                                             absl::string_view source) {
  Rewriter rewriter(schema, source);
  const bool done = nlohmann::json::sax_parse(json.begin(), json.end(), &rewriter);
  if (!rewriter.status().ok()) return rewriter.status();
  if (!done) return absl::InvalidArgumentError(absl::StrCat(source, ": no JSON"));
  return rewriter.Take();
}

}  // namespace lianhu::io
