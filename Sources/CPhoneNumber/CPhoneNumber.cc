#include "CPhoneNumber.h"

#include <cstring>
#include <string>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

// The library exports its metadata without declaring it in an installed header, so they may be missing one day: a weak
// symbol that nobody defines has no address.
namespace i18n::phonenumbers {
__attribute__((weak)) int metadata_size();
__attribute__((weak)) const void *metadata_get();
}  // namespace i18n::phonenumbers

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

constexpr char kNoRegion[] = "ZZ";

// The library keeps one logger for the process and takes ownership of it. A function's static is made once, whichever
// thread comes first, so nobody parses before the logger is silent.
const PhoneNumberUtil &library() {
    static PhoneNumberUtil *const instance = [] {
        PhoneNumberUtil *const made = PhoneNumberUtil::GetInstance();
        made->SetLogger(new NullLogger());
        return made;
    }();
    return *instance;
}

template <size_t capacity>
bool copy(const std::string &from, char (&to)[capacity]) {
    if (from.size() >= capacity) return false;
    std::memcpy(to, from.data(), from.size());
    to[from.size()] = '\0';
    return true;
}

int32_t outcome(PhoneNumberUtil::ErrorType error) {
    switch (error) {
        case PhoneNumberUtil::NO_PARSING_ERROR: return PUENTE_PHONE_OK;
        case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return PUENTE_PHONE_UNKNOWN_COUNTRY;
        case PhoneNumberUtil::NOT_A_NUMBER: return PUENTE_PHONE_NOT_A_NUMBER;
        case PhoneNumberUtil::TOO_SHORT_AFTER_IDD: return PUENTE_PHONE_TOO_SHORT;
        case PhoneNumberUtil::TOO_SHORT_NSN: return PUENTE_PHONE_TOO_SHORT;
        case PhoneNumberUtil::TOO_LONG_NSN: return PUENTE_PHONE_TOO_LONG;
    }
    return PUENTE_PHONE_LIBRARY_FAILED;
}

int32_t outcome(PhoneNumberUtil::ValidationResult result) {
    switch (result) {
        case PhoneNumberUtil::IS_POSSIBLE: return PUENTE_PHONE_OK;
        case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return PUENTE_PHONE_AREA_CODE_MISSING;
        case PhoneNumberUtil::INVALID_COUNTRY_CODE: return PUENTE_PHONE_UNKNOWN_COUNTRY;
        case PhoneNumberUtil::TOO_SHORT: return PUENTE_PHONE_TOO_SHORT;
        case PhoneNumberUtil::INVALID_LENGTH: return PUENTE_PHONE_WRONG_LENGTH;
        case PhoneNumberUtil::TOO_LONG: return PUENTE_PHONE_TOO_LONG;
    }
    return PUENTE_PHONE_LIBRARY_FAILED;
}

int32_t kind(PhoneNumberUtil::PhoneNumberType type) {
    switch (type) {
        case PhoneNumberUtil::FIXED_LINE: return PUENTE_PHONE_KIND_FIXED_LINE;
        case PhoneNumberUtil::MOBILE: return PUENTE_PHONE_KIND_MOBILE;
        case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return PUENTE_PHONE_KIND_FIXED_LINE_OR_MOBILE;
        case PhoneNumberUtil::TOLL_FREE: return PUENTE_PHONE_KIND_TOLL_FREE;
        case PhoneNumberUtil::PREMIUM_RATE: return PUENTE_PHONE_KIND_PREMIUM_RATE;
        case PhoneNumberUtil::SHARED_COST: return PUENTE_PHONE_KIND_SHARED_COST;
        case PhoneNumberUtil::VOIP: return PUENTE_PHONE_KIND_VOIP;
        case PhoneNumberUtil::PERSONAL_NUMBER: return PUENTE_PHONE_KIND_PERSONAL;
        case PhoneNumberUtil::PAGER: return PUENTE_PHONE_KIND_PAGER;
        case PhoneNumberUtil::UAN: return PUENTE_PHONE_KIND_COMPANY;
        case PhoneNumberUtil::VOICEMAIL: return PUENTE_PHONE_KIND_VOICEMAIL;
        case PhoneNumberUtil::UNKNOWN: return PUENTE_PHONE_KIND_UNKNOWN;
    }
    return PUENTE_PHONE_KIND_UNKNOWN;
}

bool describe(const PhoneNumber &number, struct puente_phone &out) {
    const PhoneNumberUtil &util = library();
    std::string national, region;
    util.GetNationalSignificantNumber(number, &national);
    out.country_code = number.country_code();
    // IsValidNumber asks for the same: a number whose digits fit no kind of its region is not valid. Asking once
    // saves a third of the work behind parsing.
    const PhoneNumberUtil::PhoneNumberType type = util.GetNumberType(number);
    out.is_valid = type != PhoneNumberUtil::UNKNOWN;
    out.kind = kind(type);
    if (out.is_valid) {
        util.GetRegionCodeForNumber(number, &region);
    } else {
        util.GetRegionCodeForCountryCode(number.country_code(), &region);
    }
    if (region == kNoRegion) region.clear();
    return copy(std::to_string(number.country_code()) + national, out.digits) && copy(region, out.region)
        && copy(number.extension(), out.extension);
}

}  // namespace

int32_t puente_phone_parse(const char *text, size_t length, const char *region, struct puente_phone *out) {
    try {
        PhoneNumber number;
        const std::string written(text, length);
        const int32_t parsed = outcome(library().Parse(written, region ? region : kNoRegion, &number));
        if (parsed != PUENTE_PHONE_OK) return parsed;
        const int32_t possible = outcome(library().IsPossibleNumberWithReason(number));
        if (possible != PUENTE_PHONE_OK) return possible;
        struct puente_phone found = {};
        if (!describe(number, found)) return PUENTE_PHONE_LIBRARY_FAILED;
        *out = found;
        return PUENTE_PHONE_OK;
    } catch (...) {
        // Nothing may unwind into Swift. What the library cannot read is no number.
        return PUENTE_PHONE_LIBRARY_FAILED;
    }
}

bool puente_phone_format(const char *digits, size_t length, int32_t style, char *out, size_t capacity) {
    try {
        PhoneNumber number;
        const std::string written = "+" + std::string(digits, length);
        if (library().Parse(written, kNoRegion, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
        const auto format = style == PUENTE_PHONE_STYLE_NATIONAL ? PhoneNumberUtil::NATIONAL
                                                                 : PhoneNumberUtil::INTERNATIONAL;
        std::string formatted;
        library().Format(number, format, &formatted);
        if (formatted.size() >= capacity) return false;
        std::memcpy(out, formatted.c_str(), formatted.size() + 1);
        return true;
    } catch (...) {
        // The caller shows the digits instead.
        return false;
    }
}

bool puente_phone_plans(const uint8_t **bytes, size_t *length) {
    using i18n::phonenumbers::metadata_get;
    using i18n::phonenumbers::metadata_size;
    if (metadata_get == nullptr || metadata_size == nullptr || metadata_size() <= 0) return false;
    *bytes = static_cast<const uint8_t *>(metadata_get());
    *length = static_cast<size_t>(metadata_size());
    return true;
}
