#include "capi/context.h"

#include <memory>

#include "capi/guard.h"
#include "capi/structs.h"

using lianhu::capi::CheckPointer;
using lianhu::capi::Guard;

int32_t lianhu_context_options_init(lianhu_context_options* options, uint32_t struct_size) {
  return lianhu::capi::InitStruct(options, struct_size, {});
}

int32_t lianhu_context_create(const lianhu_context_options* options, lianhu_context** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    lianhu_context_options set{};
    if (options != nullptr) {
      if (auto status = lianhu::capi::CheckStruct(options, "options"); !status.ok()) return status;
      set = lianhu::capi::ReadStruct(options, set);
    }
    if (set.threads < 0) return lianhu::InvalidField("options.threads", -1, absl::StrCat("is ", set.threads));
    auto context = std::make_unique<lianhu_context>();
    context->run.threads = set.threads;
    context->run.seed = set.seed;
    if (set.progress != nullptr) {
      context->run.set_progress(
          [call = set.progress, user = set.user](double fraction) { return call(fraction, user) == 0; });
    }
    *out = context.release();
    return absl::OkStatus();
  });
}

// No guard and no error here: it must be fit for a signal handler.
int32_t lianhu_context_cancel(lianhu_context* context) {
  if (context == nullptr) return LIANHU_INVALID_ARGUMENT;
  context->run.Cancel();
  return LIANHU_OK;
}

int32_t lianhu_context_reset(lianhu_context* context) {
  return Guard(nullptr, [&] {
    if (auto status = CheckPointer(context, "context"); !status.ok()) return status;
    context->run.Reset();
    return absl::OkStatus();
  });
}

void lianhu_context_free(lianhu_context* context) {
  delete context;
}
