import GatehouseTokens

extension KeySource {
    /// Keeps the keys current beside a server, until the server ends.
    package func runUntilShutdown() async throws {
        logChanges()
        try await GatehouseHTTP.runUntilShutdown {
            await keepCurrent()
            await waitUntilCancelled()
        }
    }

    /// Logs the changes of a remote key set that was made without an observer. Other sources log what they do themselves.
    package func logChanges() {
        (self as? RemoteKeySet)?.observe(by: KeySetLog())
    }
}
