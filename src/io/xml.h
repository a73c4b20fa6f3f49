// XML from outside, read by pugixml and only after it has been checked: io/dmn.h says what is refused.
#ifndef LIANHU_SRC_IO_XML_H_
#define LIANHU_SRC_IO_XML_H_

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lianhu::io {

class XmlDocument {
 public:
  static absl::StatusOr<std::unique_ptr<XmlDocument>> Read(const std::string& path);
  static absl::StatusOr<std::unique_ptr<XmlDocument>> Parse(absl::string_view xml, const std::string& name);

  pugi::xml_node root() const { return document_.document_element(); }
  int Line(const pugi::xml_node& node) const { return LineAt(node.offset_debug()); }
  // "<file>:<line>: element '<name>': <message>"
  std::string Place(const pugi::xml_node& node) const;

 private:
  int LineAt(ptrdiff_t offset) const;

  std::string name_;
  pugi::xml_document document_;
  std::vector<ptrdiff_t> line_ends_;
};

// Without its prefix.
inline absl::string_view LocalName(absl::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == absl::string_view::npos ? name : name.substr(colon + 1);
}
inline absl::string_view LocalName(const pugi::xml_node& node) {
  return LocalName(absl::string_view(node.name()));
}
pugi::xml_node Child(const pugi::xml_node& node, absl::string_view local_name);
// All the text inside, CDATA included.
std::string Text(const pugi::xml_node& node);
// An attribute by its local name; empty if it is not there.
std::string Attribute(const pugi::xml_node& node, absl::string_view local_name);

}  // namespace lianhu::io

#endif  // LIANHU_SRC_IO_XML_H_
