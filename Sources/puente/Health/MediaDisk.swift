import Domain

/// Where received and sent files lie, and how little room is too little there.
struct MediaDisk: Sendable {
    let folder: String
    let minFreeBytes: Int64

    /// Nil while there is room, and while nobody knows: the folder is made with the first file.
    var warning: LocalizedText? {
        guard let room = DiskFigures.room(at: folder), room.freeBytes < Double(minFreeBytes) else { return nil }
        return LocalizedText(
            en: """
                The disk of the media folder is nearly full: files that customers send may not be kept. Make room on it; \
                what could not be fetched is tried again for a while, then it is among the dead letters.
                """,
            es: """
                El disco de la carpeta de archivos está casi lleno: puede que no se guarden los archivos que envían los \
                clientes. Libere espacio; lo que no se pudo descargar se reintenta un tiempo y después queda entre las \
                entregas fallidas.
                """)
    }
}
