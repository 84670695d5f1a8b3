/// A property that must hold for every input: fuzz targets look for an input that breaks it, and tests run the corpus.
public struct FuzzProperty: Sendable {
    /// The name of its fuzz target, whose folder `Corpus` has the seeds.
    public let target: String
    /// Throws where the property does not hold.
    public let check: @Sendable ([UInt8]) throws(FuzzFinding) -> Void

    init(_ target: String, _ check: @escaping @Sendable ([UInt8]) throws(FuzzFinding) -> Void) {
        self.target = target
        self.check = check
    }

    /// A fuzzer's one input: a finding stops the process, which the fuzzer reports.
    public func stopUnlessMet(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        do throws(FuzzFinding) {
            try check(Array(UnsafeBufferPointer(start: start, count: count)))
        } catch {
            fatalError(error.description)
        }
        return 0
    }
}

extension FuzzProperty {
    /// Every property.
    public static var all: [FuzzProperty] {
        #if PolicyFiles
        [base64URL, json, keySet, policy, token]
        #else
        [base64URL, json, keySet, token]
        #endif
    }

    public static let base64URL = FuzzProperty("FuzzBase64URL", checkBase64URL)
    public static let json = FuzzProperty("FuzzJSON", checkJSON)
    public static let keySet = FuzzProperty("FuzzKeySet", checkKeySet)
    #if PolicyFiles
    public static let policy = FuzzProperty("FuzzPolicy", checkPolicy)
    #endif
    public static let token = FuzzProperty("FuzzToken", checkToken)
}
