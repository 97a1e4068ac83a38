import Domain
import Secrets
import Store

/// The place where a list goes on, as strangers see it: it cannot be made up, and it opens only the list it came from
/// (this workspace, this path, these filters).
struct ListCursor: Sendable {
    private let hash: KeyedHash

    init(_ hash: KeyedHash) {
        self.hash = hash
    }

    func seal(_ position: ListPosition, for request: APIRequest) -> String {
        let text = position.description
        return "\(text).\(Self.hex(hash.hash(text, Self.list(request))))"
    }

    /// - Throws: ``APIProblem`` 400 for a cursor that is not of this list.
    func open(_ request: APIRequest) throws(APIProblem) -> ListPosition? {
        guard let cursor = request.query.text("cursor") else { return nil }
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let position = ListPosition("\(parts[0]).\(parts[1])"),
            // Also under the keys before the present one: a cursor outlives a change of keys.
            hash.candidates(position.description, Self.list(request)).contains(where: {
                ConstantTime.areEqual(Self.hex($0), String(parts[2]))
            })
        else {
            throw request.query.wrong(
                "cursor", en: "is not a cursor of this list: take \"next\" as it came, with the same filters",
                es: "no es un cursor de esta lista: use «next» tal como vino, con los mismos filtros")
        }
        return position
    }

    private static func list(_ request: APIRequest) -> String {
        "\(request.workspace) \(request.path) \(request.query.fingerprint(without: ["cursor", "limit"]))"
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

extension APIAnswer {
    /// A page of a list: `{data: […], next: "…" or null}`, and a `Link` to the next one.
    static func page<Item: Sendable>(
        _ page: ListPage<Item>, of request: APIRequest, cursor: ListCursor, _ item: (Item) -> any JSONConvertible
    ) -> APIAnswer {
        let next = page.next.map { cursor.seal($0, for: request) }
        var answer = APIAnswer.ok(
            ["data": JSONValue.array(page.items.map { item($0).json }), "next": next] as JSONObject)
        if let next {
            answer.headers["Link"] = "<\(request.path)?\(request.query.text(beside: "cursor", next))>; rel=\"next\""
        }
        return answer
    }

    /// All there is, in one page.
    static func all<Item>(_ items: [Item], _ item: (Item) -> any JSONConvertible) -> APIAnswer {
        .ok(["data": JSONValue.array(items.map { item($0).json }), "next": nil] as JSONObject)
    }
}
