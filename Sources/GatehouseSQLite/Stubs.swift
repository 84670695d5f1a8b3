#if !SQLite
// These stubs have the names that programs use, so that the compiler names the trait that the program lacks. They have the initializer that
// programs call, since the compiler reports an initializer that does not fit before it reports the type.

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
