extension Migration {
    /// Everything the main job stands on.
    static let initial = Migration(number: 1, name: "the main job", oldestCompatible: 1) { dialect in
        installationTables(dialect) + intakeTables(dialect) + accountTables(dialect) + contactTables(dialect)
            + messageTables(dialect) + jobTables(dialect) + crmTables(dialect) + staffTables(dialect)
            + figureTables(dialect)
    }
}
