import Domain

/// Failures around keys: each is a matter of configuration (the program ends with 2), and names the remedy.
/// `detail` is the finer code.
extension PuenteError {
    static func keyRingMissing(_ path: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "key_ring_missing",
            en: "The key file \(path) does not exist. Put the installation's key file there, or its backup.",
            es: "El archivo de claves \(path) no existe. Ponga ahí el archivo de claves de la instalación o su copia.")
    }

    static func keyRingExists(_ path: String) -> PuenteError {
        PuenteError(
            .conflict, detail: "key_ring_exists",
            en: "The key file \(path) exists already and is not overwritten.",
            es: "El archivo de claves \(path) ya existe y no se sobrescribe.")
    }

    static func keyRingExposed(_ path: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "key_ring_exposed",
            en: "Other users of this machine can read the key file \(path). Run: chmod 600 \(path)",
            es: "Otros usuarios de esta máquina pueden leer el archivo de claves \(path). Ejecute: chmod 600 \(path)")
    }

    static func keyRingUnusable(_ path: String, reason: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "key_ring_unusable",
            en: "The key file \(path) cannot be used: \(reason). Check the path, its owner and the free space.",
            es: "No se puede usar el archivo de claves \(path): \(reason). Revise la ruta, su dueño y el espacio libre."
        )
    }

    static func keyRingDamaged(_ path: String, en: String, es: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "key_ring_damaged",
            en: "The key file \(path) is damaged: \(en). Put its backup in its place.",
            es: "El archivo de claves \(path) está dañado: \(es). Ponga su copia de seguridad en su lugar.")
    }

    static func keyMissing(_ id: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "key_missing",
            en: "The key \"\(id)\" that a stored secret was encrypted with is not in the key file. Add its line again.",
            es:
                "La clave «\(id)» con la que se cifró un secreto guardado no está en el archivo. Agregue de nuevo su línea."
        )
    }

    static func keyDifferent(_ id: String) -> PuenteError {
        PuenteError(
            .invalid, detail: "key_different",
            en: """
                The key "\(id)" in the key file is not the one that the stored secrets were encrypted with. \
                Put the right key file in its place.
                """,
            es: """
                La clave «\(id)» del archivo no es la que cifró los secretos guardados. \
                Ponga el archivo de claves correcto en su lugar.
                """)
    }

    static func ciphertextAltered(_ context: SealContext) -> PuenteError {
        PuenteError(
            .invalid, detail: "ciphertext_altered",
            en: "The secret stored in \(context.place) was altered or moved. Enter it again.",
            es: "El secreto guardado en \(context.place) fue alterado o movido. Introdúzcalo de nuevo.")
    }
}
