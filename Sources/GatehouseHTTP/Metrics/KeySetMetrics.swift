public import CoreMetrics
public import GatehouseTokens

/// Tells swift-metrics whether keys can be had, and passes what it hears on, such as to a ``KeySetLog``.
///
/// ```swift
/// let keys = try RemoteKeySet(configuration: configuration, transport: transport, observer: KeySetMetrics(then: KeySetLog(logger)))
/// ```
///
/// | name | kind | what |
/// |---|---|---|
/// | `gatehouse.keys.usable` | meter | 1 while keys can be had, fresh or of before; else 0 |
/// | `gatehouse.keys.stale` | meter | 1 while keys of before serve on; else 0 |
/// | `gatehouse.keys.refused` | meter | how many keys of the last load are not used |
/// | `gatehouse.keys.slow_load.duration` | timer | how long a load took, of those that took more than half of their time |
public struct KeySetMetrics: KeySetObserver {
    private let usable: Meter
    private let stale: Meter
    private let refused: Meter
    private let slowLoad: Timer
    private let next: (any KeySetObserver)?

    /// Makes the metrics of a key source.
    ///
    /// - Parameters:
    ///   - next: Who hears as well; `nil` for nobody.
    ///   - dimensions: The labels that tell this source from others, if there are several.
    ///   - factory: The backend; `nil` for the one that the process has set up.
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
