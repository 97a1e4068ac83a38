#pragma once

#include <zlib.h>

/// Makes `stream` ready for raw deflate, as ZIP holds it; `inflateInit2` is a macro, which Swift cannot call.
static inline int puente_inflate_raw(z_stream *stream) {
    return inflateInit2(stream, -MAX_WBITS);
}
