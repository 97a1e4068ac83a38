import Domain
import HTTPTypes

extension PuenteError.Code {
    /// How a page that shows this error is answered.
    var pageStatus: HTTPResponse.Status {
        switch self {
        case .invalid, .refused: .unprocessableContent
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .throttled: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }
}
