import Domain
import Store

/// Reads upon what a program decided (RFC 9110, 13.1.1).
enum IfMatchHeader {
    private static let mostTags = 20

    /// - Returns: nil where anything may be changed: no header, or `*`. A weak tag matches nothing.
    static func versions(_ header: String?) throws(APIProblem) -> Set<EditVersion>? {
        guard let header, header != "*" else { return nil }
        let tags = header.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimming }
        guard tags.count <= mostTags, tags.allSatisfy(isTag) else {
            throw APIProblem(
                400, "invalid_header", en: "If-Match is * or what came as ETag, in quotes.",
                es: "If-Match es * o lo que vino en ETag, entre comillas."
            ).with([
                APIProblem.Fault(
                    place: .header("If-Match"), message: LocalizedText(en: "is no ETag", es: "no es una ETag"))
            ])
        }
        return Set(tags.filter { $0.first == "\"" }.map { EditVersion(String($0.dropFirst().dropLast())) })
    }

    private static func isTag(_ text: Substring) -> Bool {
        text.wholeMatch(of: /(W\/)?"[A-Za-z0-9._-]{1,64}"/) != nil
    }
}

extension APIAnswer {
    /// With what a program says it decided upon when it changes the thing (`If-Match`).
    func tagged(_ version: EditVersion) -> APIAnswer {
        var answer = self
        answer.headers["ETag"] = "\"\(version)\""
        return answer
    }
}
