import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline

extension Response {
    /// A file that is made while it is sent.
    static func download(_ name: String, type: String, _ pieces: some FilePieces) -> Response {
        let headers: HTTPFields = [
            .contentType: type, .contentDisposition: "attachment; filename*=UTF-8''\(QueryText.encode(name))",
            .cacheControl: "no-store",
        ]
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                var pieces = pieces
                while let bytes = try await pieces.next() {
                    if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
                }
                try await writer.finish(nil)
            })
    }
}
