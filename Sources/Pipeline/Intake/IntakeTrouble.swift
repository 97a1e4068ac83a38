/// Why intake takes nothing for the time being.
package enum IntakeTrouble: Equatable, Sendable {
    /// Less is free than ``IntakeLimits/minFreeDiskBytes``.
    case diskNearlyFull
    /// The database did not take the last bodies: the disk is full, or the database is away.
    case commitsFail
}
