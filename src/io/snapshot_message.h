// Between a snapshot's payload and a Cap'n Proto message: limits, alignment, and the guard that lets no kj::Exception
// out.
#ifndef LIANHU_IO_SNAPSHOT_MESSAGE_H_
#define LIANHU_IO_SNAPSHOT_MESSAGE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "io/capnp_headers.h"
#include "io/mapped_file.h"
#include "io/snapshot_envelope.h"
#include "lianhu/base/status.h"

namespace lianhu::io {

// Root, list, element: the deepest pointers of any schema here, and room for a newer minor version.
inline constexpr int kSnapshotNestingLimit = 8;

// Cap'n Proto's own limit on the entries of a list.
inline constexpr size_t kMaxListEntries = (size_t{1} << 29) - 1;

// A length as Cap\'n Proto takes it, of a list that is known to have at most kMaxListEntries.
inline unsigned ListSize(size_t size) {
  return static_cast<unsigned>(size);
}

// `body()`, whose result is a Status or a StatusOr, with every exception turned into a Status that begins with
// `source`.
template <typename Body>
auto GuardCapnp(absl::string_view source, Body&& body) -> decltype(body()) {
  try {
    return std::forward<Body>(body)();
  } catch (const kj::Exception& e) {
    return absl::DataLossError(absl::StrCat(source, ": bad Cap'n Proto message: ", e.getDescription().cStr()));
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError(absl::StrCat(source, ": out of memory"));
  } catch (const std::exception& e) {
    return absl::InternalError(absl::StrCat(source, ": ", e.what()));
  }
}

// The status `inner` of a check on content, said of `source`.
inline absl::Status InSource(absl::string_view source, const absl::Status& inner) {
  return WithErrorDetail(absl::Status(inner.code(), absl::StrCat(source, ": ", inner.message())),
                         GetErrorDetail(inner));
}

// A payload that is being built: fill root(), then View().
template <typename Root>
class MessageWriter {
 public:
  // `words`: about how much the message will need, so that it stays one segment.
  explicit MessageWriter(size_t words) : builder_(static_cast<unsigned>(std::min(words + 32, kMaxListEntries))) {}

  typename Root::Builder root() { return builder_.template getRoot<Root>(); }

  // The payload, valid until the next call or destruction.
  absl::string_view View() {
    flat_ = capnp::messageToFlatArray(builder_);
    const auto chars = flat_.asChars();
    return {chars.begin(), chars.size()};
  }

 private:
  capnp::MallocMessageBuilder builder_;
  kj::Array<capnp::word> flat_;
};

// What a decoder may ask about the message beside its root.
struct MessageExtent {
  size_t words = 0;  // of the payload

  // Checks that a list of structs, each of which takes `entry_words`, can have `count` entries. Lists of numbers need
  // no such check: Cap'n Proto has compared their counts with the bytes that are there.
  absl::Status CheckCount(absl::string_view field, size_t count, size_t entry_words) const {
    if (count <= words / entry_words) return absl::OkStatus();
    return InvalidField(field, -1, absl::StrCat(count, " entries announced, more than ", words * 8, " bytes can hold"));
  }
};

// decode(root, extent) on the message in `payload`.
template <typename Root, typename Decode>
auto DecodeMessage(absl::Span<const std::byte> payload, absl::string_view source, Decode&& decode)
    -> decltype(decode(std::declval<typename Root::Reader>(), MessageExtent())) {
  using capnp::word;
  return GuardCapnp(source, [&]() -> decltype(decode(std::declval<typename Root::Reader>(), MessageExtent())) {
    const size_t count = payload.size() / sizeof(word);
    kj::ArrayPtr<const word> words(reinterpret_cast<const word*>(payload.data()), count);
    kj::Array<word> aligned;
    if (reinterpret_cast<uintptr_t>(payload.data()) % alignof(word) != 0) {
      aligned = kj::heapArray<word>(count);
      std::memcpy(aligned.begin(), payload.data(), payload.size());
      words = aligned;
    }
    // A decoder visits everything once, so a message that makes it see more words than there are is hostile.
    capnp::ReaderOptions options;
    options.traversalLimitInWords = count;
    options.nestingLimit = kSnapshotNestingLimit;
    capnp::FlatArrayMessageReader message(words, options);
    if (message.getEnd() != words.end()) {
      return absl::DataLossError(absl::StrCat(source, ": ", (words.end() - message.getEnd()) * sizeof(word),
                                              " bytes after the end of the message"));
    }
    auto result = std::forward<Decode>(decode)(message.template getRoot<Root>(), MessageExtent{.words = count});
    if (!result.ok()) return InSource(source, result.status());
    return result;
  });
}

// The encoding of `value` by fill(value, writer), as a whole file in memory.
template <typename Root, typename Value, typename Fill>
absl::StatusOr<std::string> EncodeWith(SnapshotKind kind, const Value& value, size_t words, Fill&& fill) {
  return GuardCapnp("snapshot", [&]() -> absl::StatusOr<std::string> {
    MessageWriter<Root> writer(words);
    fill(value, writer.root());
    const absl::string_view payload = writer.View();
    const SnapshotHeader header = MakeSnapshotHeader(kind, payload);
    return absl::StrCat(absl::string_view(header.data(), header.size()), payload);
  });
}

// The same into the file `path`.
template <typename Root, typename Value, typename Fill>
absl::Status WriteWith(const std::string& path, SnapshotKind kind, const Value& value, size_t words, Fill&& fill) {
  return GuardCapnp(path, [&]() -> absl::Status {
    MessageWriter<Root> writer(words);
    fill(value, writer.root());
    return WriteSnapshotFile(path, kind, writer.View());
  });
}

// Decode(bytes, path) on the file `path`.
template <typename Decode>
auto ReadWith(const std::string& path, Decode&& decode)
    -> decltype(decode(absl::Span<const std::byte>(), absl::string_view())) {
  absl::StatusOr<MappedFile> file = MappedFile::Open(path);
  if (!file.ok()) return file.status();
  return std::forward<Decode>(decode)(file->bytes(), absl::string_view(path));
}

// Columns of numbers.
template <typename T, typename ListBuilder>
void FillList(absl::Span<const T> values, ListBuilder list) {
  for (size_t i = 0; i < values.size(); ++i) list.set(static_cast<unsigned>(i), values[i]);
}

template <typename T, typename ListReader>
std::vector<T> CopyList(ListReader list) {
  std::vector<T> values(list.size());
  for (size_t i = 0; i < values.size(); ++i) values[i] = list[static_cast<unsigned>(i)];
  return values;
}

}  // namespace lianhu::io

#endif  // LIANHU_IO_SNAPSHOT_MESSAGE_H_
