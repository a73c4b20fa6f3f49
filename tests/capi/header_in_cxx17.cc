#include <lianhu.h>

#include <type_traits>

static_assert(std::is_same_v<decltype(&lianhu_abi_version), uint32_t (*)()>);
static_assert(std::is_trivially_copyable_v<lianhu_assignment_problem>);
