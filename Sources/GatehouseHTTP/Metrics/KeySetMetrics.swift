public import CoreMetrics
public import GatehouseTokens

/// An observer that exports the state of a key set through swift-metrics, and passes each event on, such as to a ``KeySetLog``.
///
/// ```swift
/// let keys = try RemoteKeySet(configuration: configuration, transport: transport, observer: KeySetMetrics(then: KeySetLog(logger)))
/// ```
///
/// | name | kind | value |
/// |---|---|---|
/// | `gatehouse.keys.usable` | meter | 1 while there are usable keys, fresh or stale; else 0 |
/// | `gatehouse.keys.stale` | meter | 1 while stale keys are in use; else 0 |
/// | `gatehouse.keys.refused` | meter | the number of unused keys of the last load |
/// | `gatehouse.keys.slow_load.duration` | timer | the time of each load that took more than half of its deadline |
public struct KeySetMetrics: KeySetObserver {
    private let usable: Meter
    private let stale: Meter
    private let refused: Meter
    private let slowLoad: Timer
    private let next: (any KeySetObserver)?

    /// Makes the metrics of a key source.
    ///
    /// - Parameters:
    ///   - next: The observer that receives each event as well; `nil` for none.
    ///   - dimensions: The labels that distinguish this source from others, if there are several.
    ///   - factory: The metrics backend; `nil` for the process's backend.
    public init(
        then next: (any KeySetObserver)? = nil,
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil
    ) {
        let factory = factory ?? MetricsSystem.factory
        func meter(_ name: String) -> Meter {
            Meter(label: "gatehouse.keys.\(name)", dimensions: dimensions, factory: factory)
        }
        (usable, stale, refused) = (meter("usable"), meter("stale"), meter("refused"))
        slowLoad = Timer(label: "gatehouse.keys.slow_load.duration", dimensions: dimensions, factory: factory)
        self.next = next
        usable.set(1)
        stale.set(0)
        refused.set(0)
    }

    public func keySet(at address: String, became state: KeySetState) {
        switch state {
        case .loaded: tell(isUsable: true, isStale: false)
        case .stale: tell(isUsable: true, isStale: true)
        case .unusable: tell(isUsable: false, isStale: false)
        }
        next?.keySet(at: address, became: state)
    }

    private func tell(isUsable: Bool, isStale: Bool) {
        usable.set(isUsable ? 1 : 0)
        stale.set(isStale ? 1 : 0)
    }

    public func keySet(at address: String, refused keys: [KeySet.Refusal]) {
        refused.set(keys.count)
        next?.keySet(at: address, refused: keys)
    }

    public func keySet(at address: String, tookToLoad time: Duration) {
        slowLoad.recordNanoseconds(time.wholeNanoseconds)
        next?.keySet(at: address, tookToLoad: time)
    }
}
