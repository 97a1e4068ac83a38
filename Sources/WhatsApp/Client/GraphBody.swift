import OutboundHTTP

/// What a Graph call carries.
enum GraphBody {
    case none
    case json(JSON)
    case multipart(MultipartForm)

    var headers: [(String, String)] {
        switch self {
        case .none: []
        case .json: [("Content-Type", "application/json")]
        case .multipart(let form): [("Content-Type", form.contentType)]
        }
    }

    var bytes: [UInt8]? {
        switch self {
        case .none: nil
        case .json(let json): json.bytes
        case .multipart: nil
        }
    }

    var file: OutboundFile? {
        switch self {
        case .none, .json: nil
        case .multipart(let form): form.body
        }
    }
}
