#if !Server
/// The decision point as a server.
@available(*, unavailable, message: "enable the trait Server of the package gatehouse")
public final class Sidecar {}

/// What a sidecar is told.
@available(*, unavailable, message: "enable the trait Server of the package gatehouse")
public struct ServerConfiguration {
    public init() {}
}

/// Writes log lines as JSON objects.
@available(*, unavailable, message: "enable the trait Server of the package gatehouse")
public struct JSONLogHandler {}
#endif
