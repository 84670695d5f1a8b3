extension KeySource {
    /// Keeps the keys current beside a server, until the server ends.
    package func runUntilShutdown() async throws {
        try await GatehouseHTTP.runUntilShutdown {
            await keepCurrent()
            await waitUntilCancelled()
        }
    }
}
