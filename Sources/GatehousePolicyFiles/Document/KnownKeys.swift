#if PolicyFiles
import GatehouseBase

extension RawRepresentable where Self: CaseIterable, RawValue == String {
    /// The case whose raw value has exactly these bytes.
    init?(bytesOf text: String) {
        guard let known = Self.allCases.first(where: { $0.rawValue.hasSameBytes(as: text) }) else { return nil }
        self = known
    }
}
#endif
