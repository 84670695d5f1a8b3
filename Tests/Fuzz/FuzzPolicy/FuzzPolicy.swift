#if PolicyFiles
import FuzzProperties

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzProperty.policy.stopUnlessMet(start, count)
}
#else
// Without the trait the target is empty; so is the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt { 0 }
#endif
