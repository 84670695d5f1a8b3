#if !SQLite
// The names of this module that a program writes, so that the compiler says which trait it lacks: with the initializer that programs call, since one
// that does not fit is told before the type.

/// Records in a SQLite file: the webhook inbox, the directory, and the audit log.
@available(*, unavailable, message: "enable the trait SQLite of the package gatehouse")
public final class SQLiteRecords {
    public init(
        path: String,
        audit: Any? = nil,
        auditWriter: String = "gatehouse",
        checkpointSigner: Any? = nil,
        maximumTokenLifetime: Duration = .zero,
        isReadOnly: Bool = false
    ) async throws {}
}
#endif
