public import CoreMetrics
import GatehouseBase
import Synchronization

/// Exports what a receiver counts, and what waits in its inbox, through swift-metrics.
///
/// ```swift
/// let metrics = WebhookMetrics(webhooks)
/// try await metrics.run()  // beside the server, as a service
/// ```
///
/// | name, after `gatehouse.webhooks.` | kind | what |
/// |---|---|---|
/// | `stored`, `repeated`, `refused`, `too_large`, `unavailable`, `handled`, `failed`, `dead_letters` | counter | see ``WebhookStatistics`` |
/// | `pending`, `dead` | meter | see ``InboxState`` |
/// | `directory_lag` | meter | seconds since the oldest webhook arrived that the directory has not taken; 0 if it took all |
public final class WebhookMetrics<Store: RecordStore>: Sendable {
    private static var counted: [(name: String, value: any KeyPath<WebhookStatistics, UInt64> & Sendable)] {
        [
            ("stored", \.stored), ("repeated", \.repeated), ("refused", \.refused), ("too_large", \.tooLarge),
            ("unavailable", \.unavailable), ("handled", \.handled), ("failed", \.failed),
            ("dead_letters", \.deadLetters),
        ]
    }

    private let receiver: WebhookReceiver<Store>
    private let interval: Duration
    private let counters: [Counter]
    private let pending, dead, lag: Meter
    /// The values that the counters were told before.
    private let recorded = Mutex(WebhookStatistics())

    /// Makes the metrics of a receiver; they say nothing until they are told to.
    ///
    /// - Parameters:
    ///   - receiver: The receiver that is watched.
    ///   - interval: How long ``run()`` waits between two records; from a millisecond to a day.
    ///   - dimensions: The labels that tell this receiver from others, if there are several.
    ///   - factory: The backend; `nil` stands for the backend that the process, or the task, has set up.
    /// - Throws: `SettingError` for an interval that is out of its range.
    public convenience init(
        _ receiver: WebhookReceiver<Store>,
        every interval: Duration,
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil
    ) throws(SettingError) {
        try SettingError.require(interval, in: .milliseconds(1) ... .seconds(86_400), "interval")
        self.init(receiver, inRange: interval, dimensions, factory)
    }

    /// Makes the metrics of a receiver, which ``run()`` records every ten seconds.
    public convenience init(
        _ receiver: WebhookReceiver<Store>,
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil
    ) {
        self.init(receiver, inRange: .seconds(10), dimensions, factory)
    }

    private init(
        _ receiver: WebhookReceiver<Store>,
        inRange interval: Duration,
        _ dimensions: [(String, String)],
        _ factory: (any MetricsFactory)?
    ) {
        let factory = factory ?? MetricsSystem.factory
        func label(_ name: String) -> String { "gatehouse.webhooks.\(name)" }
        func meter(_ name: String) -> Meter { Meter(label: label(name), dimensions: dimensions, factory: factory) }
        (self.receiver, self.interval) = (receiver, interval)
        counters = Self.counted.map { Counter(label: label($0.name), dimensions: dimensions, factory: factory) }
        (pending, dead, lag) = (meter("pending"), meter("dead"), meter("directory_lag"))
    }

    /// Tells the backend what there is by now.
    ///
    /// - Throws: ``RecordStoreError`` where the store does not say what waits; the counters are told all the same.
    public func record() async throws {
        let statistics = receiver.statistics
        recorded.withLock { recorded in
            for (counter, (_, value)) in zip(counters, Self.counted) {
                counter.increment(by: Int64(clamping: statistics[keyPath: value] &- recorded[keyPath: value]))
            }
            recorded = statistics
        }
        let (state, oldest) = try await receiver.inboxState()
        pending.set(state.pending)
        dead.set(state.dead)
        let seconds = oldest.map { $0.duration(to: receiver.clock.now()).components.seconds } ?? 0
        lag.set(max(0, seconds))
    }

    /// Tells the backend again and again, until the task is cancelled.
    public func run() async throws {
        while !Task.isCancelled {
            // A store that does not answer is asked again.
            try? await record()
            try? await Task.sleep(for: interval)
        }
        try? await record()
    }
}
