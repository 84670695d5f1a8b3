#if !PostgreSQL
// These stubs have the names that programs use, so that the compiler names the trait that the program lacks. They have the initializer that
// programs call, since the compiler reports an initializer that does not fit before it reports the type.

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
