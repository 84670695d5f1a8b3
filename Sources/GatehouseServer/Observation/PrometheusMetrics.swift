#if Server
import CoreMetrics
import GatehouseBase
import Synchronization

/// A metrics factory of swift-metrics that keeps the metrics in memory, and writes them in the text format of Prometheus (version 0.0.4).
///
/// Names match `[a-zA-Z0-9_:]`: any other character becomes `_`. Counters end in `_total`. A recorder is a histogram if buckets are
/// requested. Timers are in seconds.
final class PrometheusMetrics: MetricsFactory {
    /// A metric with its dimensions.
    fileprivate enum Series {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case distribution(DistributionSeries)
    }

    private struct Key: Hashable {
        let name: ByteText
        let labels: ByteText
    }

    private struct State {
        var series: [Key: Series] = [:]
    }

    private let state = Mutex(State())

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(Self.name(label, suffix: "_total"), dimensions) { .counter(CounterSeries()) }.counter ?? CounterSeries()
    }

    func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        series(Self.name(label, suffix: "_total"), dimensions) { .gauge(GaugeSeries(isCounter: true)) }.gauge
            ?? GaugeSeries(isCounter: true)
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { gauge(label, dimensions) }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate ? distribution(Self.name(label), dimensions, unit: 1) : gauge(label, dimensions)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        distribution(Self.name(label, suffix: "_seconds"), dimensions, unit: 1e9)
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        series(Self.name(label), dimensions) { .gauge(GaugeSeries(isCounter: false)) }.gauge
            ?? GaugeSeries(isCounter: false)
    }

    private func distribution(_ name: String, _ dimensions: [(String, String)], unit: Double) -> DistributionSeries {
        series(name, dimensions) { .distribution(DistributionSeries(unit: unit)) }.distribution
            ?? DistributionSeries(unit: unit)
    }

    // A series lives as long as the process, since its count must not be lost.
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    /// Returns the series with this name and these dimensions.
    private func series(_ name: String, _ dimensions: [(String, String)], make: () -> Series) -> Series {
        let key = Key(name: ByteText(name), labels: ByteText(Self.labels(dimensions)))
        return state.withLock { state in
            let found = state.series[key] ?? make()
            state.series[key] = found
            return found
        }
    }

    /// The text of all metrics so far.
    var text: String {
        let all = state.withLock { state in
            state.series.sorted { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) }
        }
        var lines: [String] = []
        var last: ByteText?
        for (key, series) in all {
            if key.name != last { lines.append("# TYPE \(key.name) \(series.type)") }
            last = key.name
            series.write(key.name.string, key.labels.string, &lines)
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    private static func name(_ label: String, suffix: String = "") -> String {
        var name = String(
            decoding: label.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"):
                    byte
                default: UInt8(ascii: "_")
                }
            },
            as: UTF8.self
        )
        if name.first?.isNumber ?? true { name = "_" + name }
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    private static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { name, value in
            let escaped = value.unicodeScalars.map { scalar in
                switch scalar {
                case "\\": "\\\\"
                case "\"": "\\\""
                case "\n": "\\n"
                default: String(Character(scalar))
                }
            }.joined()
            return "\(Self.name(name))=\"\(escaped)\""
        }.joined(separator: ",")
    }
}

extension PrometheusMetrics.Series {
    fileprivate var counter: CounterSeries? { if case .counter(let series) = self { series } else { nil } }
    fileprivate var gauge: GaugeSeries? { if case .gauge(let series) = self { series } else { nil } }
    fileprivate var distribution: DistributionSeries? {
        if case .distribution(let series) = self { series } else { nil }
    }

    fileprivate var type: String {
        switch self {
        case .counter: "counter"
        case .gauge(let gauge): gauge.isCounter ? "counter" : "gauge"
        case .distribution: "histogram"
        }
    }

    fileprivate func write(_ name: String, _ labels: String, _ lines: inout [String]) {
        let braces = labels.isEmpty ? "" : "{\(labels)}"
        switch self {
        case .counter(let counter): lines.append("\(name)\(braces) \(counter.value)")
        case .gauge(let gauge): lines.append("\(name)\(braces) \(gauge.value)")
        case .distribution(let series):
            let comma = labels.isEmpty ? "" : ","
            let (buckets, count, sum) = series.values
            for (bound, value) in buckets {
                lines.append("\(name)_bucket{\(labels)\(comma)le=\"\(bound)\"} \(value)")
            }
            lines.append("\(name)_bucket{\(labels)\(comma)le=\"+Inf\"} \(count)")
            lines.append("\(name)_sum\(braces) \(sum)")
            lines.append("\(name)_count\(braces) \(count)")
        }
    }
}

private final class CounterSeries: CounterHandler {
    private let count = Atomic<Int64>(0)

    var value: Int64 { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) {
        // A counter only grows. At the largest number it stops, and does not begin again.
        let (old, _) = count.wrappingAdd(max(0, amount), ordering: .relaxed)
        if old > .max - max(0, amount) { count.store(.max, ordering: .relaxed) }
    }

    func reset() { count.store(0, ordering: .relaxed) }
}

private final class GaugeSeries: MeterHandler, RecorderHandler, FloatingPointCounterHandler {
    let isCounter: Bool
    private let number = Mutex(0.0)

    init(isCounter: Bool) {
        self.isCounter = isCounter
    }

    var value: Double { number.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { number.withLock { $0 = value } }
    func increment(by amount: Double) { number.withLock { $0 += isCounter ? max(0, amount) : amount } }
    func decrement(by amount: Double) { number.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func reset() { set(0.0) }
}

private final class DistributionSeries: TimerHandler, RecorderHandler {
    /// The bounds of the buckets, from a tenth of a millisecond to ten seconds.
    private static let bounds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]

    private struct State {
        var buckets = [UInt64](repeating: 0, count: DistributionSeries.bounds.count)
        var count: UInt64 = 0
        var sum = 0.0
    }

    private let unit: Double
    private let state = Mutex(State())

    init(unit: Double) {
        self.unit = unit
    }

    var values: (buckets: [(Double, UInt64)], count: UInt64, sum: Double) {
        let state = state.withLock { $0 }
        var total: UInt64 = 0
        let buckets = zip(Self.bounds, state.buckets).map { bound, count in
            total &+= count
            return (bound, total)
        }
        return (buckets, state.count, state.sum)
    }

    func recordNanoseconds(_ duration: Int64) { add(Double(duration) / unit) }
    func preferDisplayUnit(_ unit: TimeUnit) {}
    func record(_ value: Int64) { add(Double(value)) }
    func record(_ value: Double) { add(value) }

    private func add(_ value: Double) {
        guard value.isFinite else { return }
        state.withLock { state in
            if let index = Self.bounds.firstIndex(where: { value <= $0 }) { state.buckets[index] &+= 1 }
            state.count &+= 1
            state.sum += value
        }
    }
}
#endif
