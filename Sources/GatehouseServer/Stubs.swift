#if !Server
// These stubs have the names that programs use, so that the compiler names the trait that the program lacks.

/// The decision point as a server.
@available(*, unavailable, message: "enable the trait Server of the package gatehouse")
public final class Sidecar {
    public init(_ configuration: Any, logger: Any? = nil) async throws {}
}

/// The settings of a sidecar.
@available(*, unavailable, message: "enable the trait Server of the package gatehouse")
public struct ServerConfiguration {
    public init() {}
    public init(file: String?, environment: [String: String]) throws {}
}

/// A log handler that writes lines as JSON objects.
@available(*, unavailable, message: "enable the trait Server of the package gatehouse")
public struct JSONLogHandler {
    public init(label: String) {}
}
#endif
