#if Hummingbird
import ServiceLifecycle
#endif

/// Runs a body until the task is cancelled or the service group shuts down. The body ends when its task is cancelled.
package func runUntilShutdown(_ body: @Sendable @escaping () async throws -> Void) async throws {
    #if Hummingbird
    try await cancelWhenGracefulShutdown(body)
    #else
    try await body()
    #endif
}

/// Waits until the task is cancelled.
package func waitUntilCancelled() async {
    let (never, continuation) = AsyncStream.makeStream(of: Never.self)
    for await _ in never {}
    withExtendedLifetime(continuation) {}
}
