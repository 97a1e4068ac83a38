import HTTPTypes
import Hummingbird
import NIOCore

/// Style sheets, scripts, fonts and icons: from memory, for everybody.
struct AssetRoutes: Sendable {
    let assets: AssetLibrary

    func add(to router: Router<ServerContext>) {
        router.get("/assets/**") { request, _ in answer(request) }
    }

    private func answer(_ request: Request) -> Response {
        guard let (file, isImmutable) = assets.file(at: request.uri.path) else {
            return .text(.notFound, "There is no such file.\n")
        }
        // An address with the content's fingerprint never means anything else.
        let caching = isImmutable ? "public, max-age=31536000, immutable" : "no-cache"
        var headers: HTTPFields = [.eTag: file.etag, .cacheControl: caching, .xContentTypeOptions: "nosniff"]
        if EntityTag.matches(file.etag, request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = file.contentType
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}

/// `If-None-Match`: whether the browser has it already.
enum EntityTag {
    static func matches(_ tag: String, _ header: String?) -> Bool {
        guard let header else { return false }
        let accepted: Set<String> = ["*", tag, "W/" + tag]
        return header.split(separator: ",").contains { item in
            accepted.contains(String(item.filter { $0 != " " }))
        }
    }
}
