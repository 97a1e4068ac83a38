import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline

extension [CRMInbound.ItemAnswer] {
    /// Not all of a batch was carried out: what became of each event, in their order. Whoever looks at the status alone
    /// does right too: 503 while something should come again, else 422.
    var response: Response {
        let document: JSONObject = ["results": map(\.json)]
        return Response(
            status: contains(.unavailable) ? .serviceUnavailable : .unprocessableContent,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(document.json))))
    }
}

extension CRMInbound.ItemAnswer {
    fileprivate var json: JSONObject {
        switch self {
        case .done: ["status": "ok"]
        case .unavailable: ["status": "retry"]
        case .failed(let code, let message):
            ["status": "failed", "error": ["code": code, "message": message] as JSONObject]
        }
    }
}
