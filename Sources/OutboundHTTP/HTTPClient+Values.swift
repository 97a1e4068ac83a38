import AsyncHTTPClient
import NIOHTTP1

extension HTTPClientRequest {
    init(_ request: OutboundRequest, mark: WatchedBody.Mark) {
        self.init(url: request.url)
        method = HTTPMethod(rawValue: request.method)
        headers = HTTPHeaders(request.headers)
        if let file = request.file {
            self.body = .stream(FileBody(file: file, mark: mark), length: .known(file.length))
        } else if let body = request.body {
            self.body = .bytes(WatchedBody(bytes: body, mark: mark), length: .known(Int64(body.count)))
        }
    }
}

extension OutboundResponse {
    init(head: HTTPClientResponse, body: [UInt8] = []) {
        self.init(status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) }, body: body)
    }
}
