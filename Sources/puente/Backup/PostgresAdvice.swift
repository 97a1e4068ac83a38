import Domain

/// PostgreSQL is backed up with its own tools: the exact commands.
struct PostgresAdvice {
    private let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    private var url: String { configuration.database.description }

    func backup(to destination: String) -> CommandFailure {
        let commands = """
              pg_dump --format=custom --file='\(destination)/puente.dump' '\(url)'
              tar --create --file='\(destination)/media.tar' --directory='\(configuration.mediaFolder)' .
            """
        return CommandFailure(
            status: CommandEnding.wrongUse,
            en: """
                With PostgreSQL, back up with its own tools. A dump, while the server runs:

                \(commands)

                For every moment since (point-in-time recovery): set archive_mode and archive_command, take
                pg_basebackup --wal-method=stream --pgdata='\(destination)/base' once, and copy the media folder after it.

                The key file \(configuration.keyFile) is in neither: keep a copy of it elsewhere.
                """,
            es: """
                Con PostgreSQL, use sus propias herramientas. Un volcado, con el servidor en marcha:

                \(commands)

                Para cualquier momento posterior (recuperación a un punto en el tiempo): defina archive_mode y
                archive_command, haga una vez pg_basebackup --wal-method=stream --pgdata='\(destination)/base' y copie
                después la carpeta de archivos.

                El archivo de claves \(configuration.keyFile) no está en ninguno: guarde una copia en otro lugar.
                """)
    }

    func restore(from source: String) -> CommandFailure {
        let commands = """
              pg_restore --exit-on-error --single-transaction --no-owner --dbname='\(url)' '\(source)/puente.dump'
              mkdir -p '\(configuration.mediaFolder)'
              tar --extract --skip-old-files --file='\(source)/media.tar' --directory='\(configuration.mediaFolder)'
              puente restore --hold --backup-time TIME --config …
            """
        return CommandFailure(
            status: CommandEnding.wrongUse,
            en: """
                With PostgreSQL, restore into an empty database with its own tools while no server runs, then mark it as
                restored, so that nothing is sent twice:

                \(commands)

                TIME is when the dump was made, for example 2026-11-22T03:30:00Z.
                """,
            es: """
                Con PostgreSQL, restaure en una base de datos vacía con sus propias herramientas, sin servidor en marcha,
                y márquela después como restaurada para que nada se envíe dos veces:

                \(commands)

                TIME es cuándo se hizo el volcado, por ejemplo 2026-11-22T03:30:00Z.
                """)
    }
}
