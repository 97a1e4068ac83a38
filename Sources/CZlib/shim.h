#pragma once

#include <zlib.h>

/// Makes `stream` ready for raw deflate, as ZIP holds it; `inflateInit2` is a macro, which Swift cannot call.
static inline int puente_inflate_raw(z_stream *stream) {
    return inflateInit2(stream, -MAX_WBITS);
}

/// The same for writing.
static inline int puente_deflate_raw(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
