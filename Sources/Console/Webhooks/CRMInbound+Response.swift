import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline

extension [CRMInbound.ItemAnswer] {
    /// What became of each event, in their order. Whoever looks at the status alone does right too: 503 while something
    /// should come again, 422 when something could not be carried out, else 200.
    var response: Response {
        let document: JSONObject = ["results": map(\.json)]
        return Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(document.json))))
    }

    private var status: HTTPResponse.Status {
        if contains(.unavailable) { return .serviceUnavailable }
        return allSatisfy { $0 == .done || $0 == .ignored } ? .ok : .unprocessableContent
    }
}

extension CRMInbound.ItemAnswer {
    fileprivate var json: JSONObject {
        switch self {
        case .done: ["status": "ok"]
        case .ignored: ["status": "ignored"]
        case .unavailable: ["status": "retry"]
        case .failed(let code, let message):
            ["status": "failed", "error": ["code": code, "message": message] as JSONObject]
        }
    }
}
