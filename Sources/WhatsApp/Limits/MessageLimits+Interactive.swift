import Domain

extension MessageLimits {
    static func problem(in content: InteractiveContent) -> PuenteError? {
        bodyLimit(of: content.action).problem(in: content.body)
            ?? headerProblem(in: content)
            ?? footerProblem(in: content)
            ?? problem(in: content.action)
    }

    private static func bodyLimit(of action: InteractiveContent.Action) -> TextLimit {
        if case .list = action { .listBody } else { .interactiveBody }
    }

    private static func headerProblem(in content: InteractiveContent) -> PuenteError? {
        guard let header = content.header else { return nil }
        switch (content.action, header) {
        case (.locationRequest, _), (.contactRequest, _): return nothingAround
        case (_, .text(let text)): return TextLimit.interactiveHeader.problem(in: text)
        case (.list, .media): return noSuchHeader
        case (.buttons, .media(let media)), (.link, .media(let media)):
            guard [.image, .video, .document].contains(media.kind) else { return noSuchHeader }
            return problem(
                in: MediaContent(
                    kind: media.kind, mediaID: media.mediaID, link: media.link, storedID: media.storedID))
        }
    }

    private static func footerProblem(in content: InteractiveContent) -> PuenteError? {
        guard let footer = content.footer else { return nil }
        switch content.action {
        case .locationRequest, .contactRequest: return nothingAround
        case .buttons, .list, .link: return TextLimit.footer.problem(in: footer)
        }
    }

    private static func problem(in action: InteractiveContent.Action) -> PuenteError? {
        switch action {
        case .buttons(let buttons): problem(in: buttons)
        case .list(let button, let sections):
            TextLimit.buttonTitle.problem(in: button) ?? problem(in: sections)
        case .link(let text, let url):
            TextLimit.buttonTitle.problem(in: text) ?? (isWebAddress(url) ? nil : notAnAddress)
        case .locationRequest, .contactRequest: nil
        }
    }

    private static func problem(in buttons: [InteractiveContent.Button]) -> PuenteError? {
        guard (1...3).contains(buttons.count) else {
            return PuenteError(
                .invalid, detail: "buttons_count", en: "A message has from 1 to 3 buttons. Use a list for more.",
                es: "Un mensaje tiene de 1 a 3 botones. Use una lista si necesita más.")
        }
        guard Set(buttons.map(\.title)).count == buttons.count, Set(buttons.map(\.id)).count == buttons.count else {
            return notUnique
        }
        return buttons.lazy.compactMap { button in
            TextLimit.buttonID.problem(in: button.id) ?? TextLimit.buttonTitle.problem(in: button.title)
        }.first
    }

    private static func problem(in sections: [InteractiveContent.Section]) -> PuenteError? {
        let rows = sections.flatMap(\.rows)
        guard (1...10).contains(sections.count), (1...10).contains(rows.count),
            sections.allSatisfy({ !$0.rows.isEmpty })
        else {
            return PuenteError(
                .invalid, detail: "rows_count",
                en: "A list has from 1 to 10 sections and from 1 to 10 rows in all, none of its sections empty.",
                es: "Una lista tiene de 1 a 10 secciones y de 1 a 10 filas en total, sin secciones vacías.")
        }
        guard Set(rows.map(\.id)).count == rows.count else { return notUnique }
        return sections.lazy.compactMap { titleProblem(in: $0, isAlone: sections.count == 1) }.first
            ?? rows.lazy.compactMap(problem(in:)).first
    }

    /// Meta needs titles to tell sections apart.
    private static func titleProblem(in section: InteractiveContent.Section, isAlone: Bool) -> PuenteError? {
        TextLimit.sectionTitle.problem(in: section.title ?? "", isRequired: !isAlone)
    }

    private static func problem(in row: InteractiveContent.ListRow) -> PuenteError? {
        TextLimit.rowID.problem(in: row.id) ?? TextLimit.rowTitle.problem(in: row.title)
            ?? TextLimit.rowDescription.problem(in: row.description)
    }

    private static let nothingAround = PuenteError(
        .invalid, detail: "header_not_allowed",
        en: "A request for a location or a phone number has a text only, no header and no footer.",
        es: "Una solicitud de ubicación o de teléfono solo lleva texto, sin encabezado ni pie.")
    private static let noSuchHeader = PuenteError(
        .invalid, detail: "header_kind",
        en: "The header can be a text; with buttons or a link also an image, a video or a document.",
        es: "El encabezado puede ser un texto; con botones o un enlace, también una imagen, un vídeo o un documento.")
    private static let notUnique = PuenteError(
        .invalid, detail: "not_unique", en: "Two choices have the same id or title. Make each different.",
        es: "Dos opciones tienen el mismo identificador o título. Haga que cada una sea distinta.")
}
