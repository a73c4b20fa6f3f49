#include "io/xml.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/io/dmn.h"
#include "lianhu/io/text.h"

namespace lianhu::io {

absl::StatusOr<std::unique_ptr<XmlDocument>> XmlDocument::Read(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > kMaxXmlBytes)
    return absl::InvalidArgumentError(absl::StrCat(path, ": is larger than ", kMaxXmlBytes >> 20, " MB"));
  absl::StatusOr<std::string> text = ReadTextFile(path);
  if (!text.ok()) return text.status();
  return Parse(*text, path);
}

absl::StatusOr<std::unique_ptr<XmlDocument>> XmlDocument::Parse(absl::string_view xml, const std::string& name) {
  if (xml.size() > kMaxXmlBytes)
    return absl::InvalidArgumentError(absl::StrCat(name, ": is larger than ", kMaxXmlBytes >> 20, " MB"));
  auto made = std::make_unique<XmlDocument>();
  made->name_ = name;
  for (size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '\n') made->line_ends_.push_back(static_cast<ptrdiff_t>(i));
  }
  const pugi::xml_parse_result result = made->document_.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!result) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ":", made->LineAt(result.offset), ": is no well-formed XML: ", result.description()));
  }
  for (const pugi::xml_node& node : made->document_.children()) {
    if (node.type() == pugi::node_doctype) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ": has a document type, which may define entities: refused"));
    }
  }
  // Walks without recursion: the tree may be deep.
  int depth = 0;
  pugi::xml_node node = made->document_.first_child();
  while (node) {
    if (depth > kMaxXmlDepth) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ":", made->Line(node), ": nests more than ", kMaxXmlDepth, " deep"));
    }
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  if (!made->root()) return absl::InvalidArgumentError(absl::StrCat(name, ": has no element"));
  return made;
}

int XmlDocument::LineAt(ptrdiff_t offset) const {
  const auto at = std::lower_bound(line_ends_.begin(), line_ends_.end(), std::max<ptrdiff_t>(offset, 0));
  return static_cast<int>(at - line_ends_.begin()) + 1;
}

std::string XmlDocument::Place(const pugi::xml_node& node) const {
  const std::string named = Attribute(node, "name").empty() ? Attribute(node, "id") : Attribute(node, "name");
  return absl::StrCat(name_, ":", Line(node), ": element '", LocalName(node), "'",
                      named.empty() ? "" : absl::StrCat(" ('", named, "')"), ": ");
}

pugi::xml_node Child(const pugi::xml_node& node, absl::string_view local_name) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element && LocalName(child) == local_name) return child;
  }
  return {};
}

std::string Text(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  }
  return text;
}

std::string Attribute(const pugi::xml_node& node, absl::string_view local_name) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (LocalName(absl::string_view(attribute.name())) == local_name) return attribute.value();
  }
  return "";
}

}  // namespace lianhu::io
