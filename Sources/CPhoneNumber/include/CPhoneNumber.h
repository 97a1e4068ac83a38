#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A C face of libphonenumber for the Swift target PhoneNumbers.
// Every function may be called from any thread, throws nothing, prints nothing and keeps nothing of its arguments.

#ifdef __cplusplus
extern "C" {
#endif

/// Why a text is no phone number. Stable numbers: Swift reads them.
enum puente_phone_outcome {
    PUENTE_PHONE_OK = 0,
    PUENTE_PHONE_NOT_A_NUMBER = 1,
    PUENTE_PHONE_UNKNOWN_COUNTRY = 2,
    PUENTE_PHONE_TOO_SHORT = 3,
    PUENTE_PHONE_TOO_LONG = 4,
    PUENTE_PHONE_WRONG_LENGTH = 5,
    PUENTE_PHONE_AREA_CODE_MISSING = 6,
    /// The library threw or answered with more than fits; the text is treated as no number.
    PUENTE_PHONE_LIBRARY_FAILED = 7,
};

/// What a number is used for. Stable numbers: Swift reads them.
enum puente_phone_kind {
    PUENTE_PHONE_KIND_UNKNOWN = 0,
    PUENTE_PHONE_KIND_FIXED_LINE = 1,
    PUENTE_PHONE_KIND_MOBILE = 2,
    PUENTE_PHONE_KIND_FIXED_LINE_OR_MOBILE = 3,
    PUENTE_PHONE_KIND_TOLL_FREE = 4,
    PUENTE_PHONE_KIND_PREMIUM_RATE = 5,
    PUENTE_PHONE_KIND_SHARED_COST = 6,
    PUENTE_PHONE_KIND_VOIP = 7,
    PUENTE_PHONE_KIND_PERSONAL = 8,
    PUENTE_PHONE_KIND_PAGER = 9,
    PUENTE_PHONE_KIND_COMPANY = 10,
    PUENTE_PHONE_KIND_VOICEMAIL = 11,
};

/// A number that was understood. All texts are ASCII and end with NUL.
struct puente_phone {
    /// Country code and national number, digits only, at most 3 + 17.
    char digits[24];
    /// ISO 3166 alpha-2, "001" for numbers of no country, empty when unknown.
    char region[4];
    /// Digits after the number ("ext. 12"), empty when there are none.
    char extension[24];
    int32_t country_code;
    int32_t kind;
    bool is_valid;
};

enum puente_phone_style {
    PUENTE_PHONE_STYLE_NATIONAL = 0,
    PUENTE_PHONE_STYLE_INTERNATIONAL = 1,
};

/// Reads UTF-8 text as a person wrote it. `region` is two capital letters, or NULL when there is no default.
/// `out` is written only when the outcome is PUENTE_PHONE_OK.
int32_t puente_phone_parse(const char *text, size_t length, const char *region, struct puente_phone *out);

/// Writes E.164 digits (without "+") the way `style` says into `out`, ended with NUL.
/// False, and `out` untouched, when the digits are no number or the result does not fit.
bool puente_phone_format(const char *digits, size_t length, int32_t style, char *out, size_t capacity);

/// The number plans that the installed library carries, as it keeps them: a serialized PhoneMetadataCollection
/// (phonemetadata.proto). The bytes live as long as the process and never change.
/// False, and nothing written, when this build of the library does not show them.
bool puente_phone_plans(const uint8_t **bytes, size_t *length);

#ifdef __cplusplus
}
#endif
