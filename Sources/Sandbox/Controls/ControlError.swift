/// A control call that cannot be carried out, with the sentence for the person who made it.
struct ControlError: Error, Equatable {
    let message: String
    let status: Int

    init(_ message: String, status: Int = 400) {
        self.message = message
        self.status = status
    }

    /// RFC 9457.
    var answer: Answer {
        Answer(
            status: status, contentType: "application/problem+json",
            body: JSONWriter.buffer([
                "type": "about:blank", "title": JSON(title), "status": JSON(status), "detail": JSON(message),
            ]))
    }

    private var title: String {
        switch status {
        case 404: "Not found"
        case 405: "Method not allowed"
        case 503: "Full"
        default: "Invalid request"
        }
    }
}
