import GatehouseTesting

/// Lets nobody through until it is opened.
actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}

extension InMemoryTransport {
    /// Waits until so many requests have come.
    func waitForRequests(_ count: Int) async throws {
        try await eventually {
            requests.count
        } satisfies: {
            $0 >= count
        }
    }
}
