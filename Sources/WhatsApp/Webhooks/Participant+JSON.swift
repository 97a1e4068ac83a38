import Domain

extension Participant {
    /// Out of an item of `contacts[]`: `wa_id`, `user_id`, `parent_user_id`, `profile{name, username}`.
    init(contact json: JSON) {
        self.init(json, phone: "wa_id", userID: "user_id", parentUserID: "parent_user_id")
        let profile = json["profile"]
        username = (profile["username"].text ?? json["username"].text)?.withoutAt
        profileName = profile["name"].text
    }

    /// Out of the three keys under which this kind of item names its person.
    init(_ json: JSON, phone: String, userID: String, parentUserID: String) {
        self.init(userID: json[userID].text, parentUserID: json[parentUserID].text)
        guard let address = json[phone].text else { return }
        take(address)
    }

    /// A phone, or the BSUID that some senders write where a phone belongs.
    init(address: String) {
        self.init()
        take(address)
    }

    private mutating func take(_ address: String) {
        if !address.looksLikeUserID {
            waID = address
        } else if address.contains(".ENT.") {
            parentUserID = parentUserID ?? address
        } else {
            userID = userID ?? address
        }
    }
}

extension String {
    /// A BSUID is letters, a dot and more, such as `US.13491208655302741918`; a phone has no dot.
    fileprivate var looksLikeUserID: Bool {
        utf8.contains(UInt8(ascii: ".")) && unicodeScalars.contains { $0.properties.isAlphabetic }
    }

    fileprivate var withoutAt: String? {
        let name = drop { $0 == "@" }
        return name.isEmpty ? nil : String(name)
    }
}
