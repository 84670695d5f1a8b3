#if !PostgreSQL
// The names of this module that a program writes, so that the compiler says which trait it lacks: with the initializer that programs call, since one
// that does not fit is told before the type.

/// Records in PostgreSQL, which several nodes share.
@available(*, unavailable, message: "enable the trait PostgreSQL of the package gatehouse")
public final class PostgreSQLRecords {
    public init(
        url: String,
        node: String = "gatehouse",
        configuration: Any? = nil,
        audit: Any? = nil,
        checkpointSigner: Any? = nil
    ) async throws {}
}
#endif
