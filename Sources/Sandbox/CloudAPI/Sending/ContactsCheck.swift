/// Contact cards: each needs a formatted name and one more part of it.
enum ContactsCheck {
    static func check(_ contacts: [Field]) throws(GraphError) {
        for contact in contacts {
            let name = try contact.object("name")
            _ = try name.text("formatted_name", max: 1024)
            let parts = ["first_name", "last_name", "middle_name", "prefix", "suffix"]
            guard parts.contains(where: { name.json[$0]?.text?.isEmpty == false }) else {
                throw .messaging(
                    131_009, "\(name.path): at least one more part of the name is required beside formatted_name.")
            }
        }
    }
}
