(module
  (import "env" "memory" (memory 1))
  ;; tile adds four rows of x, d bytes of each and k bytes apart, times a panel to eight columns of four rows of out, n bytes
  ;; apart. All that is added to stays in registers; 4 × 8 is the largest part of out for which there are enough. Four steps along
  ;; k stand in the loop, and what they leave in another one.
  (func $tile
    (param $out i32) (param $x i32) (param $panel i32) (param $d i32) (param $k i32) (param $n i32)
    (local $x1 i32) (local $x2 i32) (local $x3 i32) (local $o1 i32) (local $o2 i32) (local $o3 i32) (local $end i32)
    (local $a0 v128) (local $b0 v128) (local $a1 v128) (local $b1 v128) (local $a2 v128) (local $b2 v128)
    (local $a3 v128) (local $b3 v128) (local $p v128) (local $q v128) (local $s v128)
    (local.set $x1 (i32.add (local.get $x) (local.get $k))) (local.set $o1 (i32.add (local.get $out) (local.get $n)))
    (local.set $x2 (i32.add (local.get $x1) (local.get $k))) (local.set $o2 (i32.add (local.get $o1) (local.get $n)))
    (local.set $x3 (i32.add (local.get $x2) (local.get $k))) (local.set $o3 (i32.add (local.get $o2) (local.get $n)))
    (local.set $a0 (v128.load (local.get $out))) (local.set $b0 (v128.load offset=16 (local.get $out)))
    (local.set $a1 (v128.load (local.get $o1))) (local.set $b1 (v128.load offset=16 (local.get $o1)))
    (local.set $a2 (v128.load (local.get $o2))) (local.set $b2 (v128.load offset=16 (local.get $o2)))
    (local.set $a3 (v128.load (local.get $o3))) (local.set $b3 (v128.load offset=16 (local.get $o3)))
    (local.set $end (i32.add (local.get $x) (local.get $d)))
    (loop $fours
      (if (i32.le_u (i32.add (local.get $x) (i32.const 16)) (local.get $end)) (then
        (local.set $p (v128.load (local.get $panel))) (local.set $q (v128.load offset=16 (local.get $panel)))
        (local.set $s (v128.load32_splat (local.get $x)))
        (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat (local.get $x1)))
        (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat (local.get $x2)))
        (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b2 (f32x4.add (local.get $b2) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat (local.get $x3)))
        (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b3 (f32x4.add (local.get $b3) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $p (v128.load offset=32 (local.get $panel))) (local.set $q (v128.load offset=48 (local.get $panel)))
        (local.set $s (v128.load32_splat offset=4 (local.get $x)))
        (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=4 (local.get $x1)))
        (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=4 (local.get $x2)))
        (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b2 (f32x4.add (local.get $b2) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=4 (local.get $x3)))
        (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b3 (f32x4.add (local.get $b3) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $p (v128.load offset=64 (local.get $panel))) (local.set $q (v128.load offset=80 (local.get $panel)))
        (local.set $s (v128.load32_splat offset=8 (local.get $x)))
        (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=8 (local.get $x1)))
        (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=8 (local.get $x2)))
        (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b2 (f32x4.add (local.get $b2) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=8 (local.get $x3)))
        (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b3 (f32x4.add (local.get $b3) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $p (v128.load offset=96 (local.get $panel))) (local.set $q (v128.load offset=112 (local.get $panel)))
        (local.set $s (v128.load32_splat offset=12 (local.get $x)))
        (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=12 (local.get $x1)))
        (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=12 (local.get $x2)))
        (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b2 (f32x4.add (local.get $b2) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat offset=12 (local.get $x3)))
        (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b3 (f32x4.add (local.get $b3) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $panel (i32.add (local.get $panel) (i32.const 128)))
        (local.set $x (i32.add (local.get $x) (i32.const 16)))
        (local.set $x1 (i32.add (local.get $x1) (i32.const 16)))
        (local.set $x2 (i32.add (local.get $x2) (i32.const 16)))
        (local.set $x3 (i32.add (local.get $x3) (i32.const 16)))
        (br $fours))))
    (loop $ones
      (if (i32.lt_u (local.get $x) (local.get $end)) (then
        (local.set $p (v128.load (local.get $panel))) (local.set $q (v128.load offset=16 (local.get $panel)))
        (local.set $s (v128.load32_splat (local.get $x)))
        (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat (local.get $x1)))
        (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat (local.get $x2)))
        (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b2 (f32x4.add (local.get $b2) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $s (v128.load32_splat (local.get $x3)))
        (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (local.get $p) (local.get $s))))
        (local.set $b3 (f32x4.add (local.get $b3) (f32x4.mul (local.get $q) (local.get $s))))
        (local.set $panel (i32.add (local.get $panel) (i32.const 32)))
        (local.set $x (i32.add (local.get $x) (i32.const 4)))
        (local.set $x1 (i32.add (local.get $x1) (i32.const 4)))
        (local.set $x2 (i32.add (local.get $x2) (i32.const 4)))
        (local.set $x3 (i32.add (local.get $x3) (i32.const 4)))
        (br $ones))))
    (v128.store (local.get $out) (local.get $a0)) (v128.store offset=16 (local.get $out) (local.get $b0))
    (v128.store (local.get $o1) (local.get $a1)) (v128.store offset=16 (local.get $o1) (local.get $b1))
    (v128.store (local.get $o2) (local.get $a2)) (v128.store offset=16 (local.get $o2) (local.get $b2))
    (v128.store (local.get $o3) (local.get $a3)) (v128.store offset=16 (local.get $o3) (local.get $b3)))

  ;; strip is tile for one row.
  (func $strip
    (param $out i32) (param $x i32) (param $panel i32) (param $d i32)
    (local $end i32) (local $a v128) (local $b v128) (local $s v128)
    (local.set $a (v128.load (local.get $out))) (local.set $b (v128.load offset=16 (local.get $out)))
    (local.set $end (i32.add (local.get $x) (local.get $d)))
    (loop $next
      (local.set $s (v128.load32_splat (local.get $x)))
      (local.set $a (f32x4.add (local.get $a) (f32x4.mul (v128.load (local.get $panel)) (local.get $s))))
      (local.set $b (f32x4.add (local.get $b) (f32x4.mul (v128.load offset=16 (local.get $panel)) (local.get $s))))
      (local.set $panel (i32.add (local.get $panel) (i32.const 32)))
      (local.set $x (i32.add (local.get $x) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $x) (local.get $end))))
    (v128.store (local.get $out) (local.get $a)) (v128.store offset=16 (local.get $out) (local.get $b)))

  ;; packEight is pack for eight rows: what stands side by side in a panel is written at once, from eight streams.
  (func $packEight
    (param $panel i32) (param $w i32) (param $wide i32) (param $stride i32)
    (local $end i32) (local $w1 i32) (local $w2 i32) (local $w3 i32) (local $w4 i32) (local $w5 i32) (local $w6 i32) (local $w7 i32)
    (local.set $w1 (i32.add (local.get $w) (local.get $stride)))
    (local.set $w2 (i32.add (local.get $w1) (local.get $stride)))
    (local.set $w3 (i32.add (local.get $w2) (local.get $stride)))
    (local.set $w4 (i32.add (local.get $w3) (local.get $stride)))
    (local.set $w5 (i32.add (local.get $w4) (local.get $stride)))
    (local.set $w6 (i32.add (local.get $w5) (local.get $stride)))
    (local.set $w7 (i32.add (local.get $w6) (local.get $stride)))
    (local.set $end (i32.add (local.get $w) (local.get $wide)))
    (loop $column
      (v128.store (local.get $panel) (v128.load (local.get $w))) (v128.store offset=16 (local.get $panel) (v128.load offset=16 (local.get $w)))
      (v128.store offset=32 (local.get $panel) (v128.load (local.get $w1))) (v128.store offset=48 (local.get $panel) (v128.load offset=16 (local.get $w1)))
      (v128.store offset=64 (local.get $panel) (v128.load (local.get $w2))) (v128.store offset=80 (local.get $panel) (v128.load offset=16 (local.get $w2)))
      (v128.store offset=96 (local.get $panel) (v128.load (local.get $w3))) (v128.store offset=112 (local.get $panel) (v128.load offset=16 (local.get $w3)))
      (v128.store offset=128 (local.get $panel) (v128.load (local.get $w4))) (v128.store offset=144 (local.get $panel) (v128.load offset=16 (local.get $w4)))
      (v128.store offset=160 (local.get $panel) (v128.load (local.get $w5))) (v128.store offset=176 (local.get $panel) (v128.load offset=16 (local.get $w5)))
      (v128.store offset=192 (local.get $panel) (v128.load (local.get $w6))) (v128.store offset=208 (local.get $panel) (v128.load offset=16 (local.get $w6)))
      (v128.store offset=224 (local.get $panel) (v128.load (local.get $w7))) (v128.store offset=240 (local.get $panel) (v128.load offset=16 (local.get $w7)))
      (local.set $panel (i32.add (local.get $panel) (i32.const 4160)))
      (local.set $w1 (i32.add (local.get $w1) (i32.const 32)))
      (local.set $w2 (i32.add (local.get $w2) (i32.const 32)))
      (local.set $w3 (i32.add (local.get $w3) (i32.const 32)))
      (local.set $w4 (i32.add (local.get $w4) (i32.const 32)))
      (local.set $w5 (i32.add (local.get $w5) (i32.const 32)))
      (local.set $w6 (i32.add (local.get $w6) (i32.const 32)))
      (local.set $w7 (i32.add (local.get $w7) (i32.const 32)))
      (br_if $column (i32.lt_u (local.tee $w (i32.add (local.get $w) (i32.const 32))) (local.get $end)))))

  ;; pack copies columns of w, wide bytes of as many rows as x has numbers in d bytes, into panels of eight columns: there what
  ;; tile reads stands side by side. A panel has room for 128 rows, and 64 bytes more, so that no two are a whole number of
  ;; pages apart, which would have them share the same few lines of the cache.
  (func $pack
    (param $panel i32) (param $w i32) (param $d i32) (param $wide i32) (param $stride i32)
    (local $p i32) (local $v i32) (local $end i32) (local $last i32)
    (local.set $last (i32.add (local.get $panel) (i32.shl (local.get $d) (i32.const 3))))
    (loop $many
      (if (i32.le_u (i32.add (local.get $panel) (i32.const 256)) (local.get $last)) (then
        (call $packEight (local.get $panel) (local.get $w) (local.get $wide) (local.get $stride))
        (local.set $panel (i32.add (local.get $panel) (i32.const 256)))
        (local.set $w (i32.add (local.get $w) (i32.mul (local.get $stride) (i32.const 8))))
        (br $many))))
    (if (i32.ge_u (local.get $panel) (local.get $last)) (then (return)))
    (loop $row
      (local.set $p (local.get $panel)) (local.set $v (local.get $w)) (local.set $end (i32.add (local.get $w) (local.get $wide)))
      (loop $column
        (v128.store (local.get $p) (v128.load (local.get $v))) (v128.store offset=16 (local.get $p) (v128.load offset=16 (local.get $v)))
        (local.set $p (i32.add (local.get $p) (i32.const 4160)))
        (local.set $v (i32.add (local.get $v) (i32.const 32)))
        (br_if $column (i32.lt_u (local.get $v) (local.get $end))))
      (local.set $w (i32.add (local.get $w) (local.get $stride)))
      (local.set $panel (i32.add (local.get $panel) (i32.const 32)))
      (br_if $row (i32.lt_u (local.get $panel) (local.get $last)))))

  ;; blocks adds x·w to out for many rows: 512 columns of w at a time, 128 deep, which stay in the second cache while all rows
  ;; use them. Columns that fill no panel are left to row.
  (func $blocks
    (param $out i32) (param $x i32) (param $w i32) (param $rows i32) (param $k i32) (param $n i32) (param $stride i32)
    (param $panels i32)
    (local $eights i32) (local $j i32) (local $i i32) (local $m i32) (local $d i32) (local $p i32) (local $o i32)
    (local $from i32) (local $r i32) (local $column i32)
    (local.set $eights (i32.and (local.get $n) (i32.const -32)))
    (loop $wide
      (if (i32.lt_u (local.get $j) (local.get $eights)) (then
        (local.set $m (call $least (i32.const 2048) (i32.sub (local.get $eights) (local.get $j))))
        (local.set $i (i32.const 0))
        (loop $deep
          (local.set $d (call $least (i32.const 512) (i32.sub (local.get $k) (local.get $i))))
          (call $pack (local.get $panels) (i32.add (local.get $j) (i32.add (local.get $w) (i32.mul (local.get $stride) (i32.shr_u (local.get $i) (i32.const 2))))) (local.get $d) (local.get $m) (local.get $stride))
          (local.set $p (local.get $panels)) (local.set $column (local.get $j))
          (loop $panel
            (local.set $o (i32.add (local.get $out) (local.get $column))) (local.set $from (i32.add (local.get $x) (local.get $i))) (local.set $r (local.get $rows))
            (loop $four
              (if (i32.ge_u (local.get $r) (i32.const 4)) (then
                (call $tile (local.get $o) (local.get $from) (local.get $p) (local.get $d) (local.get $k) (local.get $n))
                (local.set $o (i32.add (local.get $o) (i32.shl (local.get $n) (i32.const 2))))
                (local.set $from (i32.add (local.get $from) (i32.shl (local.get $k) (i32.const 2))))
                (local.set $r (i32.sub (local.get $r) (i32.const 4)))
                (br $four))))
            (loop $one
              (if (local.get $r) (then
                (call $strip (local.get $o) (local.get $from) (local.get $p) (local.get $d))
                (local.set $o (i32.add (local.get $o) (local.get $n)))
                (local.set $from (i32.add (local.get $from) (local.get $k)))
                (local.set $r (i32.sub (local.get $r) (i32.const 1)))
                (br $one))))
            (local.set $p (i32.add (local.get $p) (i32.const 4160)))
            (local.set $column (i32.add (local.get $column) (i32.const 32)))
            (br_if $panel (i32.lt_u (local.get $column) (i32.add (local.get $j) (local.get $m)))))
          (local.set $i (i32.add (local.get $i) (local.get $d)))
          (br_if $deep (i32.lt_u (local.get $i) (local.get $k))))
        (local.set $j (i32.add (local.get $j) (local.get $m)))
        (br $wide))))
    (if (i32.lt_u (local.get $eights) (local.get $n)) (then
      (loop $rest
        (call $row (i32.add (local.get $out) (local.get $eights)) (local.get $x) (i32.add (local.get $w) (local.get $eights)) (local.get $k) (i32.sub (local.get $n) (local.get $eights)) (local.get $stride))
        (local.set $out (i32.add (local.get $out) (local.get $n)))
        (local.set $x (i32.add (local.get $x) (local.get $k)))
        (br_if $rest (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))))

  ;; least returns the smaller of two sizes.
  (func $least
    (param $a i32) (param $b i32)
    (result i32)
    (select (local.get $a) (local.get $b) (i32.lt_u (local.get $a) (local.get $b))))

  ;; eight adds x[0]·w[0] + … + x[7]·w[7] to out, n bytes in whole vectors, where w[i] is a row of w. Eight streams come from
  ;; memory faster than one.
  (func $eight
    (param $out i32) (param $x i32) (param $w i32) (param $n i32) (param $stride i32)
    (local $w1 i32) (local $w2 i32) (local $w3 i32) (local $w4 i32) (local $w5 i32) (local $w6 i32) (local $w7 i32)
    (local $end i32) (local $x0 v128) (local $x1 v128) (local $x2 v128) (local $x3 v128) (local $x4 v128)
    (local $x5 v128) (local $x6 v128) (local $x7 v128) (local $o v128)
    (local.set $w1 (i32.add (local.get $w) (local.get $stride)))
    (local.set $w2 (i32.add (local.get $w1) (local.get $stride)))
    (local.set $w3 (i32.add (local.get $w2) (local.get $stride)))
    (local.set $w4 (i32.add (local.get $w3) (local.get $stride)))
    (local.set $w5 (i32.add (local.get $w4) (local.get $stride)))
    (local.set $w6 (i32.add (local.get $w5) (local.get $stride)))
    (local.set $w7 (i32.add (local.get $w6) (local.get $stride)))
    (local.set $x0 (v128.load32_splat offset=0 (local.get $x)))
    (local.set $x1 (v128.load32_splat offset=4 (local.get $x)))
    (local.set $x2 (v128.load32_splat offset=8 (local.get $x)))
    (local.set $x3 (v128.load32_splat offset=12 (local.get $x)))
    (local.set $x4 (v128.load32_splat offset=16 (local.get $x)))
    (local.set $x5 (v128.load32_splat offset=20 (local.get $x)))
    (local.set $x6 (v128.load32_splat offset=24 (local.get $x)))
    (local.set $x7 (v128.load32_splat offset=28 (local.get $x)))
    (local.set $end (i32.add (local.get $out) (local.get $n)))
    (loop $next
      (local.set $o (v128.load (local.get $out)))
      (local.set $o (f32x4.add (local.get $o) (f32x4.mul (v128.load (local.get $w)) (local.get $x0))))
      (local.set $o (f32x4.add (local.get $o) (f32x4.mul (v128.load (local.get $w1)) (local.get $x1))))
      (local.set $o (f32x4.add (local.get $o) (f32x4.mul (v128.load (local.get $w2)) (local.get $x2))))
      (local.set $o (f32x4.add (local.get $o) (f32x4.mul (v128.load (local.get $w3)) (local.get $x3))))
      (local.set $o (f32x4.add (local.get $o) (f32x4.mul (v128.load (local.get $w4)) (local.get $x4))))
      (local.set $o (f32x4.add (local.get $o) (f32x4.mul (v128.load (local.get $w5)) (local.get $x5))))
      (local.set $o (f32x4.add (local.get $o) (f32x4.mul (v128.load (local.get $w6)) (local.get $x6))))
      (local.set $o (f32x4.add (local.get $o) (f32x4.mul (v128.load (local.get $w7)) (local.get $x7))))
      (v128.store (local.get $out) (local.get $o))
      (local.set $w (i32.add (local.get $w) (i32.const 16)))
      (local.set $w1 (i32.add (local.get $w1) (i32.const 16)))
      (local.set $w2 (i32.add (local.get $w2) (i32.const 16)))
      (local.set $w3 (i32.add (local.get $w3) (i32.const 16)))
      (local.set $w4 (i32.add (local.get $w4) (i32.const 16)))
      (local.set $w5 (i32.add (local.get $w5) (i32.const 16)))
      (local.set $w6 (i32.add (local.get $w6) (i32.const 16)))
      (local.set $w7 (i32.add (local.get $w7) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 16))) (local.get $end)))))

  ;; one adds x[0]·w to out, where w is one row.
  (func $one
    (param $out i32) (param $x i32) (param $w i32) (param $n i32)
    (local $end i32) (local $s v128)
    (local.set $s (v128.load32_splat (local.get $x)))
    (local.set $end (i32.add (local.get $out) (local.get $n)))
    (loop $next
      (v128.store (local.get $out) (f32x4.add (v128.load (local.get $out)) (f32x4.mul (v128.load (local.get $w)) (local.get $s))))
      (local.set $w (i32.add (local.get $w) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 16))) (local.get $end)))))

  ;; column adds x times one column of w to one number.
  (func $column
    (param $out i32) (param $x i32) (param $w i32) (param $k i32) (param $stride i32)
    (local $end i32) (local $s f32)
    (local.set $s (f32.load (local.get $out)))
    (local.set $end (i32.add (local.get $x) (local.get $k)))
    (loop $next
      (local.set $s (f32.add (local.get $s) (f32.mul (f32.load (local.get $x)) (f32.load (local.get $w)))))
      (local.set $w (i32.add (local.get $w) (local.get $stride)))
      (br_if $next (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 4))) (local.get $end))))
    (f32.store (local.get $out) (local.get $s)))

  ;; row adds x·w to out, one row of n bytes; x has k bytes.
  (func $row
    (param $out i32) (param $x i32) (param $w i32) (param $k i32) (param $n i32) (param $stride i32)
    (local $whole i32) (local $from i32) (local $end i32)
    (local.set $whole (i32.and (local.get $n) (i32.const -16)))
    (if (local.get $whole) (then
      (local.set $from (local.get $w))
      (local.set $end (i32.add (local.get $x) (local.get $k)))
      (local.set $k (local.get $x))
      (loop $eights
        (if (i32.le_u (i32.add (local.get $k) (i32.const 32)) (local.get $end)) (then
          (call $eight (local.get $out) (local.get $k) (local.get $from) (local.get $whole) (local.get $stride))
          (local.set $k (i32.add (local.get $k) (i32.const 32)))
          (local.set $from (i32.add (local.get $from) (i32.shl (local.get $stride) (i32.const 3))))
          (br $eights))))
      (loop $ones
        (if (i32.lt_u (local.get $k) (local.get $end)) (then
          (call $one (local.get $out) (local.get $k) (local.get $from) (local.get $whole))
          (local.set $k (i32.add (local.get $k) (i32.const 4)))
          (local.set $from (i32.add (local.get $from) (local.get $stride)))
          (br $ones))))
      (local.set $k (i32.sub (local.get $end) (local.get $x)))))
    (loop $columns
      (if (i32.lt_u (local.get $whole) (local.get $n)) (then
        (call $column (i32.add (local.get $out) (local.get $whole)) (local.get $x) (i32.add (local.get $w) (local.get $whole)) (local.get $k) (local.get $stride))
        (local.set $whole (i32.add (local.get $whole) (i32.const 4)))
        (br $columns)))))

  ;; linear is kernel.Linear. rows, k and n are not 0; bias is 0 for zeros; panels is where 64 panels have room, 266,240 bytes.
  (func $linear (export "linear")
    (param $out i32) (param $x i32) (param $w i32) (param $bias i32) (param $rows i32) (param $k i32) (param $n i32)
    (param $stride i32) (param $panels i32)
    (local $r i32) (local $o i32)
    (local.set $k (i32.shl (local.get $k) (i32.const 2)))
    (local.set $n (i32.shl (local.get $n) (i32.const 2)))
    (local.set $stride (i32.shl (local.get $stride) (i32.const 2)))
    (local.set $o (local.get $out)) (local.set $r (local.get $rows))
    (loop $begin
      (if (local.get $bias)
        (then (memory.copy (local.get $o) (local.get $bias) (local.get $n)))
        (else (memory.fill (local.get $o) (i32.const 0) (local.get $n))))
      (local.set $o (i32.add (local.get $o) (local.get $n)))
      (br_if $begin (local.tee $r (i32.sub (local.get $r) (i32.const 1)))))
    (if (i32.ge_u (local.get $rows) (i32.const 4)) (then
      (call $blocks (local.get $out) (local.get $x) (local.get $w) (local.get $rows) (local.get $k) (local.get $n) (local.get $stride) (local.get $panels))
      (return)))
    (loop $next
      (call $row (local.get $out) (local.get $x) (local.get $w) (local.get $k) (local.get $n) (local.get $stride))
      (local.set $out (i32.add (local.get $out) (local.get $n)))
      (local.set $x (i32.add (local.get $x) (local.get $k)))
      (br_if $next (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; foldFour returns (s[0] + s[2]) + (s[1] + s[3]) of each of four vectors, the last two steps of the fold of sixteen lanes.
  (func $foldFour
    (param $a v128) (param $b v128) (param $c v128) (param $d v128)
    (result v128)
    (local.set $a (f32x4.add
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $b))
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $b))))
    (local.set $c (f32x4.add
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $c) (local.get $d))
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $c) (local.get $d))))
    (f32x4.add
      (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $a) (local.get $c))
      (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $a) (local.get $c))))

  ;; square returns the products of x with w and u, and of y with w and u: rows of k bytes, in whole steps of sixteen lanes. It
  ;; runs twice, for the lower eight lanes and for the upper ones: for all of them there are not enough registers.
  (func $square
    (param $x i32) (param $y i32) (param $w i32) (param $u i32) (param $k i32)
    (result v128)
    (local $at i32) (local $a00 v128) (local $a01 v128) (local $a10 v128) (local $a11 v128) (local $b00 v128)
    (local $b01 v128) (local $b10 v128) (local $b11 v128) (local $c00 v128) (local $c01 v128) (local $c10 v128)
    (local $c11 v128) (local $d00 v128) (local $d01 v128) (local $d10 v128) (local $d11 v128) (local $p v128)
    (local $q v128) (local $s v128)
    (local.set $a00 (v128.const i32x4 0 0 0 0)) (local.set $b00 (v128.const i32x4 0 0 0 0)) (local.set $a01 (v128.const i32x4 0 0 0 0)) (local.set $b01 (v128.const i32x4 0 0 0 0))
    (local.set $a10 (v128.const i32x4 0 0 0 0)) (local.set $b10 (v128.const i32x4 0 0 0 0)) (local.set $a11 (v128.const i32x4 0 0 0 0)) (local.set $b11 (v128.const i32x4 0 0 0 0))
    (local.set $at (i32.const 0))
    (loop $lanes0
      (local.set $p (v128.load (i32.add (local.get $w) (local.get $at)))) (local.set $q (v128.load (i32.add (local.get $u) (local.get $at))))
      (local.set $s (v128.load (i32.add (local.get $x) (local.get $at))))
      (local.set $a00 (f32x4.add (local.get $a00) (f32x4.mul (local.get $p) (local.get $s)))) (local.set $a01 (f32x4.add (local.get $a01) (f32x4.mul (local.get $q) (local.get $s))))
      (local.set $s (v128.load (i32.add (local.get $y) (local.get $at))))
      (local.set $a10 (f32x4.add (local.get $a10) (f32x4.mul (local.get $p) (local.get $s)))) (local.set $a11 (f32x4.add (local.get $a11) (f32x4.mul (local.get $q) (local.get $s))))
      (local.set $p (v128.load offset=16 (i32.add (local.get $w) (local.get $at)))) (local.set $q (v128.load offset=16 (i32.add (local.get $u) (local.get $at))))
      (local.set $s (v128.load offset=16 (i32.add (local.get $x) (local.get $at))))
      (local.set $b00 (f32x4.add (local.get $b00) (f32x4.mul (local.get $p) (local.get $s)))) (local.set $b01 (f32x4.add (local.get $b01) (f32x4.mul (local.get $q) (local.get $s))))
      (local.set $s (v128.load offset=16 (i32.add (local.get $y) (local.get $at))))
      (local.set $b10 (f32x4.add (local.get $b10) (f32x4.mul (local.get $p) (local.get $s)))) (local.set $b11 (f32x4.add (local.get $b11) (f32x4.mul (local.get $q) (local.get $s))))
      (br_if $lanes0 (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $k))))
    (local.set $c00 (local.get $a00)) (local.set $d00 (local.get $b00)) (local.set $c01 (local.get $a01)) (local.set $d01 (local.get $b01))
    (local.set $c10 (local.get $a10)) (local.set $d10 (local.get $b10)) (local.set $c11 (local.get $a11)) (local.set $d11 (local.get $b11))
    (local.set $a00 (v128.const i32x4 0 0 0 0)) (local.set $b00 (v128.const i32x4 0 0 0 0)) (local.set $a01 (v128.const i32x4 0 0 0 0)) (local.set $b01 (v128.const i32x4 0 0 0 0))
    (local.set $a10 (v128.const i32x4 0 0 0 0)) (local.set $b10 (v128.const i32x4 0 0 0 0)) (local.set $a11 (v128.const i32x4 0 0 0 0)) (local.set $b11 (v128.const i32x4 0 0 0 0))
    (local.set $at (i32.const 0))
    (loop $lanes1
      (local.set $p (v128.load offset=32 (i32.add (local.get $w) (local.get $at)))) (local.set $q (v128.load offset=32 (i32.add (local.get $u) (local.get $at))))
      (local.set $s (v128.load offset=32 (i32.add (local.get $x) (local.get $at))))
      (local.set $a00 (f32x4.add (local.get $a00) (f32x4.mul (local.get $p) (local.get $s)))) (local.set $a01 (f32x4.add (local.get $a01) (f32x4.mul (local.get $q) (local.get $s))))
      (local.set $s (v128.load offset=32 (i32.add (local.get $y) (local.get $at))))
      (local.set $a10 (f32x4.add (local.get $a10) (f32x4.mul (local.get $p) (local.get $s)))) (local.set $a11 (f32x4.add (local.get $a11) (f32x4.mul (local.get $q) (local.get $s))))
      (local.set $p (v128.load offset=48 (i32.add (local.get $w) (local.get $at)))) (local.set $q (v128.load offset=48 (i32.add (local.get $u) (local.get $at))))
      (local.set $s (v128.load offset=48 (i32.add (local.get $x) (local.get $at))))
      (local.set $b00 (f32x4.add (local.get $b00) (f32x4.mul (local.get $p) (local.get $s)))) (local.set $b01 (f32x4.add (local.get $b01) (f32x4.mul (local.get $q) (local.get $s))))
      (local.set $s (v128.load offset=48 (i32.add (local.get $y) (local.get $at))))
      (local.set $b10 (f32x4.add (local.get $b10) (f32x4.mul (local.get $p) (local.get $s)))) (local.set $b11 (f32x4.add (local.get $b11) (f32x4.mul (local.get $q) (local.get $s))))
      (br_if $lanes1 (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $k))))
    (call $foldFour
      (f32x4.add (f32x4.add (local.get $c00) (local.get $a00)) (f32x4.add (local.get $d00) (local.get $b00)))
      (f32x4.add (f32x4.add (local.get $c01) (local.get $a01)) (f32x4.add (local.get $d01) (local.get $b01)))
      (f32x4.add (f32x4.add (local.get $c10) (local.get $a10)) (f32x4.add (local.get $d10) (local.get $b10)))
      (f32x4.add (f32x4.add (local.get $c11) (local.get $a11)) (f32x4.add (local.get $d11) (local.get $b11)))))

  ;; quarters returns the products of x with four rows of w that stand so many bytes apart: distant streams come from memory
  ;; faster than those that share a page. It runs twice, as square does.
  (func $quarters
    (param $x i32) (param $w i32) (param $apart i32) (param $k i32)
    (result v128)
    (local $w1 i32) (local $w2 i32) (local $w3 i32) (local $at i32) (local $a0 v128) (local $a1 v128) (local $a2 v128)
    (local $a3 v128) (local $b0 v128) (local $b1 v128) (local $b2 v128) (local $b3 v128) (local $c0 v128)
    (local $c1 v128) (local $c2 v128) (local $c3 v128) (local $d0 v128) (local $d1 v128) (local $d2 v128)
    (local $d3 v128) (local $s v128)
    (local.set $w1 (i32.add (local.get $w) (local.get $apart))) (local.set $w2 (i32.add (local.get $w1) (local.get $apart))) (local.set $w3 (i32.add (local.get $w2) (local.get $apart)))
    (local.set $a0 (v128.const i32x4 0 0 0 0)) (local.set $a1 (v128.const i32x4 0 0 0 0)) (local.set $a2 (v128.const i32x4 0 0 0 0)) (local.set $a3 (v128.const i32x4 0 0 0 0))
    (local.set $b0 (v128.const i32x4 0 0 0 0)) (local.set $b1 (v128.const i32x4 0 0 0 0)) (local.set $b2 (v128.const i32x4 0 0 0 0)) (local.set $b3 (v128.const i32x4 0 0 0 0))
    (local.set $at (i32.const 0))
    (loop $lanes0
      (local.set $s (v128.load (i32.add (local.get $x) (local.get $at))))
      (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (v128.load (i32.add (local.get $w) (local.get $at))) (local.get $s))))
      (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (v128.load (i32.add (local.get $w1) (local.get $at))) (local.get $s))))
      (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (v128.load (i32.add (local.get $w2) (local.get $at))) (local.get $s))))
      (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (v128.load (i32.add (local.get $w3) (local.get $at))) (local.get $s))))
      (local.set $s (v128.load offset=16 (i32.add (local.get $x) (local.get $at))))
      (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (v128.load offset=16 (i32.add (local.get $w) (local.get $at))) (local.get $s))))
      (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (v128.load offset=16 (i32.add (local.get $w1) (local.get $at))) (local.get $s))))
      (local.set $b2 (f32x4.add (local.get $b2) (f32x4.mul (v128.load offset=16 (i32.add (local.get $w2) (local.get $at))) (local.get $s))))
      (local.set $b3 (f32x4.add (local.get $b3) (f32x4.mul (v128.load offset=16 (i32.add (local.get $w3) (local.get $at))) (local.get $s))))
      (br_if $lanes0 (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $k))))
    (local.set $c0 (local.get $a0)) (local.set $d0 (local.get $b0)) (local.set $c1 (local.get $a1)) (local.set $d1 (local.get $b1)) (local.set $c2 (local.get $a2)) (local.set $d2 (local.get $b2)) (local.set $c3 (local.get $a3)) (local.set $d3 (local.get $b3))
    (local.set $a0 (v128.const i32x4 0 0 0 0)) (local.set $a1 (v128.const i32x4 0 0 0 0)) (local.set $a2 (v128.const i32x4 0 0 0 0)) (local.set $a3 (v128.const i32x4 0 0 0 0))
    (local.set $b0 (v128.const i32x4 0 0 0 0)) (local.set $b1 (v128.const i32x4 0 0 0 0)) (local.set $b2 (v128.const i32x4 0 0 0 0)) (local.set $b3 (v128.const i32x4 0 0 0 0))
    (local.set $at (i32.const 0))
    (loop $lanes1
      (local.set $s (v128.load offset=32 (i32.add (local.get $x) (local.get $at))))
      (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (v128.load offset=32 (i32.add (local.get $w) (local.get $at))) (local.get $s))))
      (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (v128.load offset=32 (i32.add (local.get $w1) (local.get $at))) (local.get $s))))
      (local.set $a2 (f32x4.add (local.get $a2) (f32x4.mul (v128.load offset=32 (i32.add (local.get $w2) (local.get $at))) (local.get $s))))
      (local.set $a3 (f32x4.add (local.get $a3) (f32x4.mul (v128.load offset=32 (i32.add (local.get $w3) (local.get $at))) (local.get $s))))
      (local.set $s (v128.load offset=48 (i32.add (local.get $x) (local.get $at))))
      (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (v128.load offset=48 (i32.add (local.get $w) (local.get $at))) (local.get $s))))
      (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (v128.load offset=48 (i32.add (local.get $w1) (local.get $at))) (local.get $s))))
      (local.set $b2 (f32x4.add (local.get $b2) (f32x4.mul (v128.load offset=48 (i32.add (local.get $w2) (local.get $at))) (local.get $s))))
      (local.set $b3 (f32x4.add (local.get $b3) (f32x4.mul (v128.load offset=48 (i32.add (local.get $w3) (local.get $at))) (local.get $s))))
      (br_if $lanes1 (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $k))))
    (call $foldFour
      (f32x4.add (f32x4.add (local.get $c0) (local.get $a0)) (f32x4.add (local.get $d0) (local.get $b0)))
      (f32x4.add (f32x4.add (local.get $c1) (local.get $a1)) (f32x4.add (local.get $d1) (local.get $b1)))
      (f32x4.add (f32x4.add (local.get $c2) (local.get $a2)) (f32x4.add (local.get $d2) (local.get $b2)))
      (f32x4.add (f32x4.add (local.get $c3) (local.get $a3)) (f32x4.add (local.get $d3) (local.get $b3)))))

  ;; dot returns the product of two rows of k bytes, of any number of lanes: the last ones are filled with zeros in scratch, 128
  ;; bytes, and what these add to a sum changes nothing.
  (func $dot
    (param $x i32) (param $w i32) (param $k i32) (param $scratch i32)
    (result f32)
    (local $end i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $x) (i32.and (local.get $k) (i32.const -64))))
    (local.set $k (i32.and (local.get $k) (i32.const 63)))
    (block $whole
      (loop $next
        (if (i32.lt_u (local.get $x) (local.get $end)) (then
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (v128.load (local.get $x)) (v128.load (local.get $w)))))
          (local.set $b (f32x4.add (local.get $b) (f32x4.mul (v128.load offset=16 (local.get $x)) (v128.load offset=16 (local.get $w)))))
          (local.set $c (f32x4.add (local.get $c) (f32x4.mul (v128.load offset=32 (local.get $x)) (v128.load offset=32 (local.get $w)))))
          (local.set $d (f32x4.add (local.get $d) (f32x4.mul (v128.load offset=48 (local.get $x)) (v128.load offset=48 (local.get $w)))))
          (local.set $x (i32.add (local.get $x) (i32.const 64)))
          (local.set $w (i32.add (local.get $w) (i32.const 64)))
          (br $next)))
        (br_if $whole (i32.eqz (local.get $k)))
        (memory.fill (local.get $scratch) (i32.const 0) (i32.const 128))
        (memory.copy (local.get $scratch) (local.get $x) (local.get $k))
        (memory.copy (i32.add (local.get $scratch) (i32.const 64)) (local.get $w) (local.get $k))
        (local.set $x (local.get $scratch)) (local.set $w (i32.add (local.get $scratch) (i32.const 64))) (local.set $end (local.get $w))
        (local.set $k (i32.const 0))
        (br $next)))
    (local.set $a (f32x4.add (f32x4.add (local.get $a) (local.get $c)) (f32x4.add (local.get $b) (local.get $d))))
    (f32x4.extract_lane 0 (call $foldFour (local.get $a) (local.get $a) (local.get $a) (local.get $a))))

  ;; dots sets out to the products of x with n rows of w.
  (func $dots
    (param $out i32) (param $x i32) (param $w i32) (param $k i32) (param $n i32) (param $scratch i32)
    (local $m i32) (local $apart i32) (local $step i32) (local $o i32) (local $four v128)
    (if (i32.eqz (i32.and (local.get $k) (i32.const 63))) (then
      (local.set $m (i32.shr_u (local.get $n) (i32.const 2)))
      (local.set $n (i32.and (local.get $n) (i32.const 3)))
      (local.set $step (i32.shl (local.get $m) (i32.const 2)))
      (local.set $apart (i32.mul (local.get $m) (local.get $k)))))
    (if (local.get $m) (then
      (loop $fours
        (local.set $four (call $quarters (local.get $x) (local.get $w) (local.get $apart) (local.get $k)))
        (f32.store (local.get $out) (f32x4.extract_lane 0 (local.get $four)))
        (f32.store (local.tee $o (i32.add (local.get $out) (local.get $step))) (f32x4.extract_lane 1 (local.get $four)))
        (f32.store (local.tee $o (i32.add (local.get $o) (local.get $step))) (f32x4.extract_lane 2 (local.get $four)))
        (f32.store (i32.add (local.get $o) (local.get $step)) (f32x4.extract_lane 3 (local.get $four)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $w (i32.add (local.get $w) (local.get $k)))
        (br_if $fours (local.tee $m (i32.sub (local.get $m) (i32.const 1)))))
      (local.set $out (i32.add (local.get $out) (i32.mul (local.get $step) (i32.const 3))))
      (local.set $w (i32.add (local.get $w) (i32.mul (local.get $apart) (i32.const 3))))))
    (loop $ones
      (if (local.get $n) (then
        (f32.store (local.get $out) (call $dot (local.get $x) (local.get $w) (local.get $k) (local.get $scratch)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $w (i32.add (local.get $w) (local.get $k)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $ones)))))

  ;; products sets out to the products of rows of x with n rows of w, of k bytes each; rows of out are next bytes apart. It goes
  ;; in pairs of columns and of rows; the last of an odd number is its own neighbour.
  (func $products
    (param $out i32) (param $x i32) (param $w i32) (param $rows i32) (param $k i32) (param $n i32) (param $next i32)
    (param $scratch i32)
    (local $r i32) (local $o i32) (local $from i32) (local $down i32) (local $right i32) (local $four v128)
    (if (i32.or (i32.eq (local.get $rows) (i32.const 1)) (i32.and (local.get $k) (i32.const 63))) (then
      (loop $single
        (call $dots (local.get $out) (local.get $x) (local.get $w) (local.get $k) (local.get $n) (local.get $scratch))
        (local.set $out (i32.add (local.get $out) (local.get $next)))
        (local.set $x (i32.add (local.get $x) (local.get $k)))
        (br_if $single (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))
      (return)))
    (loop $columns
      (local.set $right (i32.gt_u (local.get $n) (i32.const 1)))
      (local.set $o (local.get $out)) (local.set $from (local.get $x)) (local.set $r (local.get $rows))
      (loop $pairs
        (local.set $down (i32.gt_u (local.get $r) (i32.const 1)))
        (local.set $four (call $square
          (local.get $from) (i32.add (local.get $from) (i32.mul (local.get $k) (local.get $down)))
          (local.get $w) (i32.add (local.get $w) (i32.mul (local.get $k) (local.get $right))) (local.get $k)))
        (call $corner (local.get $o)
          (i32.mul (local.get $next) (local.get $down)) (i32.shl (local.get $right) (i32.const 2)) (local.get $four))
        (local.set $o (i32.add (local.get $o) (i32.shl (local.get $next) (i32.const 1))))
        (local.set $from (i32.add (local.get $from) (i32.shl (local.get $k) (i32.const 1))))
        (br_if $pairs (i32.gt_s (local.tee $r (i32.sub (local.get $r) (i32.const 2))) (i32.const 0))))
      (local.set $out (i32.add (local.get $out) (i32.const 8)))
      (local.set $w (i32.add (local.get $w) (i32.shl (local.get $k) (i32.const 1))))
      (br_if $columns (i32.gt_s (local.tee $n (i32.sub (local.get $n) (i32.const 2))) (i32.const 0)))))

  ;; corner stores four numbers: at out, to its right, below it, and below that.
  (func $corner
    (param $out i32) (param $down i32) (param $right i32) (param $four v128)
    (f32.store (i32.add (local.get $out) (i32.add (local.get $down) (local.get $right))) (f32x4.extract_lane 3 (local.get $four)))
    (f32.store (i32.add (local.get $out) (local.get $down)) (f32x4.extract_lane 2 (local.get $four)))
    (f32.store (i32.add (local.get $out) (local.get $right)) (f32x4.extract_lane 1 (local.get $four)))
    (f32.store (local.get $out) (f32x4.extract_lane 0 (local.get $four))))

  ;; matMulT is kernel.MatMulT. rows, k and n are not 0.
  (func $matMulT (export "matMulT")
    (param $out i32) (param $x i32) (param $w i32) (param $rows i32) (param $k i32) (param $n i32) (param $scratch i32)
    (call $products (local.get $out) (local.get $x) (local.get $w) (local.get $rows)
      (i32.shl (local.get $k) (i32.const 2)) (local.get $n) (i32.shl (local.get $n) (i32.const 2)) (local.get $scratch)))

  ;; dotOf is kernel.Dot.
  (func $dotOf (export "dot")
    (param $a i32) (param $b i32) (param $n i32) (param $scratch i32)
    (result f32)
    (call $dot (local.get $a) (local.get $b) (i32.shl (local.get $n) (i32.const 2)) (local.get $scratch)))

  ;; half returns the value of an F16: the exponent's bias grows from 15 to 127; infinite and NaN stay so; below the smallest
  ;; exponent the fraction counts steps of 2⁻²⁴.
  (func $half
    (param $bits i32)
    (result f32)
    (local $exponent i32) (local $wide i32)
    (local.set $exponent (i32.and (local.get $bits) (i32.const 0x7c00)))
    (local.set $wide (i32.shl (i32.and (local.get $bits) (i32.const 0x7fff)) (i32.const 13)))
    (if (local.get $exponent)
      (then (if (i32.eq (local.get $exponent) (i32.const 0x7c00))
        (then (local.set $wide (i32.or (local.get $wide) (i32.const 0x7f800000))))
        (else (local.set $wide (i32.add (local.get $wide) (i32.const 0x38000000))))))
      (else (local.set $wide (i32.reinterpret_f32
        (f32.mul (f32.convert_i32_u (i32.and (local.get $bits) (i32.const 0x3ff))) (f32.const 0x1p-24))))))
    (f32.reinterpret_i32 (i32.or (local.get $wide) (i32.shl (i32.and (local.get $bits) (i32.const 0x8000)) (i32.const 16)))))

  ;; signed stores 16 values: the bytes of q, with their signs, times scale.
  (func $signed
    (param $to i32) (param $q v128) (param $scale v128)
    (local $h v128)
    (local.set $h (i16x8.extend_low_i8x16_s (local.get $q)))
    (v128.store (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $scale)))
    (v128.store offset=16 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $scale)))
    (local.set $h (i16x8.extend_high_i8x16_s (local.get $q)))
    (v128.store offset=32 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $scale)))
    (v128.store offset=48 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $scale))))

  ;; raised stores 16 values: the bytes of q, without signs, times scale, plus the least.
  (func $raised
    (param $to i32) (param $q v128) (param $scale v128) (param $least v128)
    (local $h v128)
    (local.set $h (i16x8.extend_low_i8x16_u (local.get $q)))
    (v128.store (local.get $to)
      (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $h))) (local.get $scale)) (local.get $least)))
    (v128.store offset=16 (local.get $to)
      (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $h))) (local.get $scale)) (local.get $least)))
    (local.set $h (i16x8.extend_high_i8x16_u (local.get $q)))
    (v128.store offset=32 (local.get $to)
      (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $h))) (local.get $scale)) (local.get $least)))
    (v128.store offset=48 (local.get $to)
      (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $h))) (local.get $scale)) (local.get $least))))

  ;; The decoders below write the values of whole blocks from w on to to … end; package quant says how the bits lie. The most
  ;; usual types do all in place, since a call costs as much as sixteen values, and most scales are neither 0 nor too small
  ;; nor too large for what is done in place of half.
  (func $q8_0
    (param $to i32) (param $w i32) (param $end i32)
    (local $v i32) (local $d v128) (local $q v128) (local $h v128)
    (loop $block
      (local.set $v (i32.load16_s (local.get $w)))
      (local.set $d (i32x4.splat (i32.add (i32.and (i32.shl (local.get $v) (i32.const 13)) (i32.const 0x8fffe000)) (i32.const 0x38000000))))
      (if (i32.ge_u (i32.sub (i32.and (local.get $v) (i32.const 0x7c00)) (i32.const 0x400)) (i32.const 0x7800)) (then
        (local.set $d (f32x4.splat (call $half (local.get $v))))))
      (local.set $q (v128.load offset=2 (local.get $w)))
      (local.set $h (i16x8.extend_low_i8x16_s (local.get $q)))
      (v128.store (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $d)))
      (v128.store offset=16 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $d)))
      (local.set $h (i16x8.extend_high_i8x16_s (local.get $q)))
      (v128.store offset=32 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $d)))
      (v128.store offset=48 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $d)))
      (local.set $q (v128.load offset=18 (local.get $w)))
      (local.set $h (i16x8.extend_low_i8x16_s (local.get $q)))
      (v128.store offset=64 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $d)))
      (v128.store offset=80 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $d)))
      (local.set $h (i16x8.extend_high_i8x16_s (local.get $q)))
      (v128.store offset=96 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $d)))
      (v128.store offset=112 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $d)))
      (local.set $w (i32.add (local.get $w) (i32.const 34)))
      (br_if $block (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 128))) (local.get $end)))))

  (func $q4_0
    (param $to i32) (param $w i32) (param $end i32)
    (local $v i32) (local $d v128) (local $both v128) (local $q v128) (local $h v128) (local $low v128)
    (local $eight v128)
    (local.set $low (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))
    (local.set $eight (v128.const i32x4 0x08080808 0x08080808 0x08080808 0x08080808))
    (loop $block
      (local.set $v (i32.load16_s (local.get $w)))
      (local.set $d (i32x4.splat (i32.add (i32.and (i32.shl (local.get $v) (i32.const 13)) (i32.const 0x8fffe000)) (i32.const 0x38000000))))
      (if (i32.ge_u (i32.sub (i32.and (local.get $v) (i32.const 0x7c00)) (i32.const 0x400)) (i32.const 0x7800)) (then
        (local.set $d (f32x4.splat (call $half (local.get $v))))))
      (local.set $both (v128.load offset=2 (local.get $w)))
      (local.set $q (i8x16.sub (v128.and (local.get $both) (local.get $low)) (local.get $eight)))
      (local.set $h (i16x8.extend_low_i8x16_s (local.get $q)))
      (v128.store (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $d)))
      (v128.store offset=16 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $d)))
      (local.set $h (i16x8.extend_high_i8x16_s (local.get $q)))
      (v128.store offset=32 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $d)))
      (v128.store offset=48 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $d)))
      (local.set $q (i8x16.sub (v128.and (i16x8.shr_u (local.get $both) (i32.const 4)) (local.get $low)) (local.get $eight)))
      (local.set $h (i16x8.extend_low_i8x16_s (local.get $q)))
      (v128.store offset=64 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $d)))
      (v128.store offset=80 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $d)))
      (local.set $h (i16x8.extend_high_i8x16_s (local.get $q)))
      (v128.store offset=96 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $h))) (local.get $d)))
      (v128.store offset=112 (local.get $to) (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $h))) (local.get $d)))
      (local.set $w (i32.add (local.get $w) (i32.const 18)))
      (br_if $block (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 128))) (local.get $end)))))

  (func $q4_1
    (param $to i32) (param $w i32) (param $end i32)
    (local $v i32) (local $d v128) (local $m v128) (local $both v128) (local $q v128) (local $h v128)
    (local $low v128)
    (local.set $low (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))
    (loop $block
      (local.set $v (i32.load16_s (local.get $w)))
      (local.set $d (i32x4.splat (i32.add (i32.and (i32.shl (local.get $v) (i32.const 13)) (i32.const 0x8fffe000)) (i32.const 0x38000000))))
      (if (i32.ge_u (i32.sub (i32.and (local.get $v) (i32.const 0x7c00)) (i32.const 0x400)) (i32.const 0x7800)) (then
        (local.set $d (f32x4.splat (call $half (local.get $v))))))
      (local.set $v (i32.load16_s offset=2 (local.get $w)))
      (local.set $m (i32x4.splat (i32.add (i32.and (i32.shl (local.get $v) (i32.const 13)) (i32.const 0x8fffe000)) (i32.const 0x38000000))))
      (if (i32.ge_u (i32.sub (i32.and (local.get $v) (i32.const 0x7c00)) (i32.const 0x400)) (i32.const 0x7800)) (then
        (local.set $m (f32x4.splat (call $half (local.get $v))))))
      (local.set $both (v128.load offset=4 (local.get $w)))
      (local.set $q (v128.and (local.get $both) (local.get $low)))
      (local.set $h (i16x8.extend_low_i8x16_u (local.get $q)))
      (v128.store (local.get $to) (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $h))) (local.get $d)) (local.get $m)))
      (v128.store offset=16 (local.get $to) (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $h))) (local.get $d)) (local.get $m)))
      (local.set $h (i16x8.extend_high_i8x16_u (local.get $q)))
      (v128.store offset=32 (local.get $to) (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $h))) (local.get $d)) (local.get $m)))
      (v128.store offset=48 (local.get $to) (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $h))) (local.get $d)) (local.get $m)))
      (local.set $q (v128.and (i16x8.shr_u (local.get $both) (i32.const 4)) (local.get $low)))
      (local.set $h (i16x8.extend_low_i8x16_u (local.get $q)))
      (v128.store offset=64 (local.get $to) (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $h))) (local.get $d)) (local.get $m)))
      (v128.store offset=80 (local.get $to) (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $h))) (local.get $d)) (local.get $m)))
      (local.set $h (i16x8.extend_high_i8x16_u (local.get $q)))
      (v128.store offset=96 (local.get $to) (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $h))) (local.get $d)) (local.get $m)))
      (v128.store offset=112 (local.get $to) (f32x4.add (f32x4.mul (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $h))) (local.get $d)) (local.get $m)))
      (local.set $w (i32.add (local.get $w) (i32.const 20)))
      (br_if $block (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 128))) (local.get $end)))))

  ;; fifths makes 16 bits 16 bytes, 16 or 0.
  (func $fifths
    (param $bits i32)
    (result v128)
    (local $each v128)
    (local.set $each (v128.const i32x4 0x08040201 0x80402010 0x08040201 0x80402010))
    (v128.and (v128.const i32x4 0x10101010 0x10101010 0x10101010 0x10101010) (i8x16.eq (local.get $each) (v128.and (local.get $each)
      (i8x16.swizzle (i32x4.splat (local.get $bits)) (v128.const i32x4 0 0 0x01010101 0x01010101))))))

  (func $q5_0
    (param $to i32) (param $w i32) (param $end i32)
    (local $fifth i32) (local $d v128) (local $q v128) (local $low v128) (local $sixteen v128)
    (local.set $low (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))
    (local.set $sixteen (v128.const i32x4 0x10101010 0x10101010 0x10101010 0x10101010))
    (loop $block
      (local.set $d (f32x4.splat (call $half (i32.load16_u (local.get $w)))))
      (local.set $fifth (i32.load offset=2 (local.get $w)))
      (local.set $q (v128.load offset=6 (local.get $w)))
      (call $signed (local.get $to)
        (i8x16.sub (v128.or (v128.and (local.get $q) (local.get $low)) (call $fifths (local.get $fifth))) (local.get $sixteen)) (local.get $d))
      (call $signed (i32.add (local.get $to) (i32.const 64))
        (i8x16.sub (v128.or (v128.and (i16x8.shr_u (local.get $q) (i32.const 4)) (local.get $low)) (call $fifths (i32.shr_u (local.get $fifth) (i32.const 16)))) (local.get $sixteen)) (local.get $d))
      (local.set $w (i32.add (local.get $w) (i32.const 22)))
      (br_if $block (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 128))) (local.get $end)))))

  (func $q5_1
    (param $to i32) (param $w i32) (param $end i32)
    (local $fifth i32) (local $d v128) (local $m v128) (local $q v128) (local $low v128)
    (local.set $low (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))
    (loop $block
      (local.set $d (f32x4.splat (call $half (i32.load16_u (local.get $w)))))
      (local.set $m (f32x4.splat (call $half (i32.load16_u offset=2 (local.get $w)))))
      (local.set $fifth (i32.load offset=4 (local.get $w)))
      (local.set $q (v128.load offset=8 (local.get $w)))
      (call $raised (local.get $to)
        (v128.or (v128.and (local.get $q) (local.get $low)) (call $fifths (local.get $fifth))) (local.get $d) (local.get $m))
      (call $raised (i32.add (local.get $to) (i32.const 64))
        (v128.or (v128.and (i16x8.shr_u (local.get $q) (i32.const 4)) (local.get $low)) (call $fifths (i32.shr_u (local.get $fifth) (i32.const 16)))) (local.get $d) (local.get $m))
      (local.set $w (i32.add (local.get $w) (i32.const 24)))
      (br_if $block (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 128))) (local.get $end)))))

  ;; eightHalves stores eight values that are neither zero, below the smallest exponent, infinite nor NaN.
  (func $eightHalves
    (param $to i32) (param $h v128)
    (v128.store (local.get $to) (i32x4.add
      (v128.and (i32x4.shl (i32x4.extend_low_i16x8_s (local.get $h)) (i32.const 13)) (v128.const i32x4 0x8fffe000 0x8fffe000 0x8fffe000 0x8fffe000))
      (v128.const i32x4 0x38000000 0x38000000 0x38000000 0x38000000)))
    (v128.store offset=16 (local.get $to) (i32x4.add
      (v128.and (i32x4.shl (i32x4.extend_high_i16x8_s (local.get $h)) (i32.const 13)) (v128.const i32x4 0x8fffe000 0x8fffe000 0x8fffe000 0x8fffe000))
      (v128.const i32x4 0x38000000 0x38000000 0x38000000 0x38000000))))

  (func $f16
    (param $to i32) (param $w i32) (param $end i32)
    (local $stop i32) (local $h v128) (local $e v128)
    (loop $next
      (block $slowly
        (br_if $slowly (i32.lt_u (i32.sub (local.get $end) (local.get $to)) (i32.const 32)))
        (local.set $h (v128.load (local.get $w)))
        (local.set $e (v128.and (local.get $h) (v128.const i32x4 0x7c007c00 0x7c007c00 0x7c007c00 0x7c007c00)))
        (br_if $slowly (v128.any_true (v128.or
          (i16x8.eq (local.get $e) (v128.const i32x4 0 0 0 0))
          (i16x8.eq (local.get $e) (v128.const i32x4 0x7c007c00 0x7c007c00 0x7c007c00 0x7c007c00)))))
        (call $eightHalves (local.get $to) (local.get $h))
        (local.set $w (i32.add (local.get $w) (i32.const 16)))
        (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 32))) (local.get $end)))
        (return))
      (local.set $stop (call $least (local.get $end) (i32.add (local.get $to) (i32.const 32))))
      (loop $one
        (f32.store (local.get $to) (call $half (i32.load16_u (local.get $w))))
        (local.set $w (i32.add (local.get $w) (i32.const 2)))
        (br_if $one (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 4))) (local.get $stop))))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  (func $bf16
    (param $to i32) (param $w i32) (param $end i32)
    (local $h v128)
    (loop $next
      (if (i32.ge_u (i32.sub (local.get $end) (local.get $to)) (i32.const 32)) (then
        (local.set $h (v128.load (local.get $w)))
        (v128.store (local.get $to) (i32x4.shl (i32x4.extend_low_i16x8_u (local.get $h)) (i32.const 16)))
        (v128.store offset=16 (local.get $to) (i32x4.shl (i32x4.extend_high_i16x8_u (local.get $h)) (i32.const 16)))
        (local.set $w (i32.add (local.get $w) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 32)))
        (br $next))))
    (loop $one
      (if (i32.lt_u (local.get $to) (local.get $end)) (then
        (f32.store (local.get $to) (f32.reinterpret_i32 (i32.shl (i32.load16_u (local.get $w)) (i32.const 16))))
        (local.set $w (i32.add (local.get $w) (i32.const 2)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (br $one)))))

  ;; scaleOf returns scale s of the eight of a block of Q4_K or Q5_K, whose scales and mins stand at b.
  (func $scaleOf
    (param $b i32) (param $s i32)
    (result i32)
    (if (i32.lt_u (local.get $s) (i32.const 4)) (then (return (i32.and (i32.load8_u (i32.add (local.get $b) (local.get $s))) (i32.const 63)))))
    (i32.or
      (i32.and (i32.load8_u offset=4 (i32.add (local.get $b) (local.get $s))) (i32.const 15))
      (i32.shl (i32.shr_u (i32.load8_u (i32.sub (i32.add (local.get $b) (local.get $s)) (i32.const 4))) (i32.const 6)) (i32.const 4))))

  ;; minOf returns min s.
  (func $minOf
    (param $b i32) (param $s i32)
    (result i32)
    (if (i32.lt_u (local.get $s) (i32.const 4)) (then (return (i32.and (i32.load8_u offset=4 (i32.add (local.get $b) (local.get $s))) (i32.const 63)))))
    (i32.or
      (i32.shr_u (i32.load8_u offset=4 (i32.add (local.get $b) (local.get $s))) (i32.const 4))
      (i32.shl (i32.shr_u (i32.load8_u (i32.add (local.get $b) (local.get $s))) (i32.const 6)) (i32.const 4))))

  (func $q4_k
    (param $to i32) (param $w i32) (param $end i32)
    (local $s i32) (local $q i32) (local $d f32) (local $least f32) (local $scale v128) (local $min v128)
    (local $low v128)
    (local.set $low (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))
    (loop $block
      (local.set $d (call $half (i32.load16_u (local.get $w))))
      (local.set $least (f32.neg (call $half (i32.load16_u offset=2 (local.get $w)))))
      (local.set $q (i32.add (local.get $w) (i32.const 16))) (local.set $s (i32.const 0))
      (loop $pair
        (local.set $scale (f32x4.splat (f32.mul (local.get $d) (f32.convert_i32_u (call $scaleOf (i32.add (local.get $w) (i32.const 4)) (local.get $s))))))
        (local.set $min (f32x4.splat (f32.mul (local.get $least) (f32.convert_i32_u (call $minOf (i32.add (local.get $w) (i32.const 4)) (local.get $s))))))
        (call $raised (local.get $to) (v128.and (v128.load (local.get $q)) (local.get $low)) (local.get $scale) (local.get $min))
        (call $raised (i32.add (local.get $to) (i32.const 64)) (v128.and (v128.load offset=16 (local.get $q)) (local.get $low)) (local.get $scale) (local.get $min))
        (local.set $to (i32.add (local.get $to) (i32.const 128)))
        (local.set $s (i32.add (local.get $s) (i32.const 1)))
        (local.set $scale (f32x4.splat (f32.mul (local.get $d) (f32.convert_i32_u (call $scaleOf (i32.add (local.get $w) (i32.const 4)) (local.get $s))))))
        (local.set $min (f32x4.splat (f32.mul (local.get $least) (f32.convert_i32_u (call $minOf (i32.add (local.get $w) (i32.const 4)) (local.get $s))))))
        (call $raised (local.get $to) (v128.and (i16x8.shr_u (v128.load (local.get $q)) (i32.const 4)) (local.get $low)) (local.get $scale) (local.get $min))
        (call $raised (i32.add (local.get $to) (i32.const 64)) (v128.and (i16x8.shr_u (v128.load offset=16 (local.get $q)) (i32.const 4)) (local.get $low)) (local.get $scale) (local.get $min))
        (local.set $to (i32.add (local.get $to) (i32.const 128)))
        (local.set $s (i32.add (local.get $s) (i32.const 1)))
        (local.set $q (i32.add (local.get $q) (i32.const 32)))
        (br_if $pair (i32.lt_u (local.get $s) (i32.const 8))))
      (local.set $w (i32.add (local.get $w) (i32.const 144)))
      (br_if $block (i32.lt_u (local.get $to) (local.get $end)))))

  (func $q5_k
    (param $to i32) (param $w i32) (param $end i32)
    (local $s i32) (local $q i32) (local $d f32) (local $least f32) (local $scale v128) (local $min v128)
    (local $low v128) (local $bit v128)
    (local.set $low (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))
    (local.set $bit (v128.const i32x4 0x01010101 0x01010101 0x01010101 0x01010101))
    (loop $block
      (local.set $d (call $half (i32.load16_u (local.get $w))))
      (local.set $least (f32.neg (call $half (i32.load16_u offset=2 (local.get $w)))))
      (local.set $q (i32.add (local.get $w) (i32.const 48))) (local.set $s (i32.const 0))
      (loop $pair
        (local.set $scale (f32x4.splat (f32.mul (local.get $d) (f32.convert_i32_u (call $scaleOf (i32.add (local.get $w) (i32.const 4)) (local.get $s))))))
        (local.set $min (f32x4.splat (f32.mul (local.get $least) (f32.convert_i32_u (call $minOf (i32.add (local.get $w) (i32.const 4)) (local.get $s))))))
        (call $raised (local.get $to) (v128.or (v128.and (v128.load (local.get $q)) (local.get $low))
            (i16x8.shl (v128.and (i16x8.shr_u (v128.load offset=16 (local.get $w)) (local.get $s)) (local.get $bit)) (i32.const 4))) (local.get $scale) (local.get $min))
        (call $raised (i32.add (local.get $to) (i32.const 64)) (v128.or (v128.and (v128.load offset=16 (local.get $q)) (local.get $low))
            (i16x8.shl (v128.and (i16x8.shr_u (v128.load offset=32 (local.get $w)) (local.get $s)) (local.get $bit)) (i32.const 4))) (local.get $scale) (local.get $min))
        (local.set $to (i32.add (local.get $to) (i32.const 128)))
        (local.set $s (i32.add (local.get $s) (i32.const 1)))
        (local.set $scale (f32x4.splat (f32.mul (local.get $d) (f32.convert_i32_u (call $scaleOf (i32.add (local.get $w) (i32.const 4)) (local.get $s))))))
        (local.set $min (f32x4.splat (f32.mul (local.get $least) (f32.convert_i32_u (call $minOf (i32.add (local.get $w) (i32.const 4)) (local.get $s))))))
        (call $raised (local.get $to) (v128.or (v128.and (i16x8.shr_u (v128.load (local.get $q)) (i32.const 4)) (local.get $low))
            (i16x8.shl (v128.and (i16x8.shr_u (v128.load offset=16 (local.get $w)) (local.get $s)) (local.get $bit)) (i32.const 4))) (local.get $scale) (local.get $min))
        (call $raised (i32.add (local.get $to) (i32.const 64)) (v128.or (v128.and (i16x8.shr_u (v128.load offset=16 (local.get $q)) (i32.const 4)) (local.get $low))
            (i16x8.shl (v128.and (i16x8.shr_u (v128.load offset=32 (local.get $w)) (local.get $s)) (local.get $bit)) (i32.const 4))) (local.get $scale) (local.get $min))
        (local.set $to (i32.add (local.get $to) (i32.const 128)))
        (local.set $s (i32.add (local.get $s) (i32.const 1)))
        (local.set $q (i32.add (local.get $q) (i32.const 32)))
        (br_if $pair (i32.lt_u (local.get $s) (i32.const 8))))
      (local.set $w (i32.add (local.get $w) (i32.const 176)))
      (br_if $block (i32.lt_u (local.get $to) (local.get $end)))))

  (func $q6_k
    (param $to i32) (param $w i32) (param $end i32)
    (local $s i32) (local $d f32) (local $q v128) (local $upper v128) (local $low v128)
    (local.set $low (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))
    (loop $block
      (local.set $d (call $half (i32.load16_u offset=208 (local.get $w)))) (local.set $s (i32.const 0))
      (loop $part
        (local.set $q (v128.load (i32.add (local.get $w) (i32.add
          (i32.shl (i32.shr_u (local.get $s) (i32.const 3)) (i32.const 6)) (i32.shl (i32.and (local.get $s) (i32.const 3)) (i32.const 4))))))
        (local.set $upper (v128.load offset=128 (i32.add (local.get $w) (i32.add
          (i32.shl (i32.shr_u (local.get $s) (i32.const 3)) (i32.const 5)) (i32.shl (i32.and (local.get $s) (i32.const 1)) (i32.const 4))))))
        (call $signed (local.get $to)
          (i8x16.sub
            (v128.or
              (v128.and (i16x8.shr_u (local.get $q) (i32.and (local.get $s) (i32.const 4))) (local.get $low))
              (i16x8.shl (v128.and (i16x8.shr_u (local.get $upper) (i32.and (local.get $s) (i32.const 6))) (v128.const i32x4 0x03030303 0x03030303 0x03030303 0x03030303)) (i32.const 4)))
            (v128.const i32x4 0x20202020 0x20202020 0x20202020 0x20202020))
          (f32x4.splat (f32.mul (local.get $d) (f32.convert_i32_s (i32.load8_s offset=192 (i32.add (local.get $w) (local.get $s)))))))
        (local.set $to (i32.add (local.get $to) (i32.const 64)))
        (br_if $part (i32.lt_u (local.tee $s (i32.add (local.get $s) (i32.const 1))) (i32.const 16))))
      (local.set $w (i32.add (local.get $w) (i32.const 210)))
      (br_if $block (i32.lt_u (local.get $to) (local.get $end)))))

  ;; decode writes the values of whole blocks of a type, which has the number that package quant gives it.
  (func $decode
    (param $type i32) (param $to i32) (param $w i32) (param $end i32)
    (if (i32.eq (local.get $type) (i32.const 1)) (then (call $f16 (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 2)) (then (call $q4_0 (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 3)) (then (call $q4_1 (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 6)) (then (call $q5_0 (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 7)) (then (call $q5_1 (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 8)) (then (call $q8_0 (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 12)) (then (call $q4_k (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 13)) (then (call $q5_k (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 14)) (then (call $q6_k (local.get $to) (local.get $w) (local.get $end)) (return)))
    (if (i32.eq (local.get $type) (i32.const 30)) (then (call $bf16 (local.get $to) (local.get $w) (local.get $end)) (return))))

  ;; packed is kernel.MatMulPacked. A row of w has so many bytes; scratch has room for 128 bytes and four rows as float32: with
  ;; them in the first cache, they cost little more than if they were never stored.
  (func $packed (export "packed")
    (param $out i32) (param $x i32) (param $w i32) (param $type i32) (param $rows i32) (param $k i32) (param $n i32)
    (param $size i32) (param $scratch i32)
    (local $next i32) (local $m i32) (local $values i32)
    (local.set $next (i32.shl (local.get $n) (i32.const 2)))
    (local.set $k (i32.shl (local.get $k) (i32.const 2)))
    (local.set $values (i32.add (local.get $scratch) (i32.const 128)))
    (loop $few
      (local.set $m (call $least (local.get $n) (i32.const 4)))
      (call $decode (local.get $type) (local.get $values) (local.get $w) (i32.add (local.get $values) (i32.mul (local.get $m) (local.get $k))))
      (call $products (local.get $out) (local.get $x) (local.get $values) (local.get $rows) (local.get $k) (local.get $m) (local.get $next) (local.get $scratch))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $w (i32.add (local.get $w) (i32.shl (local.get $size) (i32.const 2))))
      (br_if $few (local.tee $n (i32.sub (local.get $n) (local.get $m)))))))
