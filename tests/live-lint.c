/* SPDX-License-Identifier: BSD-3-Clause */
/* Lint against the real libngspice: an error where it would stumble, none where it would not. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "carom-circuit.h"
#include "circuit/deadly.h"
#include "support-ng.h"

/* libngspice runs these without a word of complaint, so lint finds no error. */
static const char *const sound[] = {
	/* ports of code models, and for S parameters */
	"t\nv1 1 0 1\nr1 2 0 1\na1 %vd(1 0) %v(3) aa\n.model aa gain\na2 [1 %vnam v1 %v 0] 2 gg\n"
	".model gg summer(in_gain=[1 2 3])\nr2 4 0 1\na3 [%vd 1 0 %v 1] [x ~y] ad\n"
	".model ad adc_bridge\na4 [x ~ y] ~z an\n.model an d_and\na5 z x null null q NULL ff\n"
	".model ff d_dff\na6 z null re dr\n.model dr d_to_real\na7 re (4) rv\n.model rv "
	"real_to_v\n.op",
	"t\nv1 1 0 ac 1 portnum 2 z0 50\nr1 1 2 1\nv2 2 0 portnum 1 z0 50\n.sp dec 1 1 10",
	/* parameters */
	/* parameters */
	"t\n.param b={a*2} a=1k\nv1 1 0 1\nr1 1 0 {b}\n.op",
	"t\n.param a={1>0 ? 2 : 3} b='a==2 && !0' c={a**2}\nv1 1 0 1\n"
	"r1 1 0 {ternary_fcn(a,b,c)+max(a,b)+int(2.5)+nint(1.2)+sgn(1)}\n.op",
	"t\n.param a[1]=3 _b=2 c.d=4\nv1 1 0 1\nr1 1 0 {a[1]+_b}\n.op",
	"t\n.param x=agauss(1k,10,3) y='unif(1,0.1)'\nv1 1 0 1\nr1 1 0 {x*y}\n.op",
	"t\n.param r=1k\nv1 1 0 1\nr1 1 0 r\nx1 1 s\n.subckt s p w=2\nr1 p 0 w\nr2 p 0 "
	"r\n.ends\n.op",
	"t\n.param t={temper+273}\n.model dd d(is={1e-14*(1+temper*1m)+pi*0})\nv1 1 0 0.5\nd1 1 0 "
	"dd\n"
	"r1 1 0 {t}\nr2 1 0 '1k+temper'\nm1 1 1 0 0 nn w={1u*(1+pi*0*temper)} l=1u\n.model nn "
	"nmos\n.op",
	"t\n.func f(x,y) {max(x,y)*w}\nv1 1 0 1\nx1 1 s\n.subckt s p w=1\nr1 p 0 "
	"{f(1,2)}\n.ends\n.op",
	"t\n.func f(x) {x*nothing}\n.model dd d(is={nothing})\nv1 1 0 1\nr1 1 0 1\n.op",
	"t\n.subckt s p\nr1 p 0 {nothing}\n.ends\nv1 1 0 1\nr1 1 0 1\n.op",
	/* parameters of instances */
	"t\nv1 1 0 1\nx1 1 outer\n.subckt inner p\nr1 p 0 {w}\n.ends\n.subckt outer p w=2\nx1 p "
	"inner\n"
	".ends\n.op",
	"t\nv1 1 0 1\nx1 1 s p={q} z={nothing}\n.subckt s a p=1k q=2k\nr1 a 0 {p}\n.ends\n.op",
	"t\nv1 1 0 1\nx1 1 s p=3\n.subckt s a p={nothing}\nr1 a 0 {p}\n.ends\n.op",
	"t\nv1 1 0 1\nx1 1 s ww=7\n.subckt s a w=1\n.param ww={nothing}\nr1 a 0 {ww}\n.ends\n.op",
	"t\nv1 1 0 1\nx1 1 s m=2\n.subckt s a\nr1 a 0 1k\n.ends\n.op",
	/* sources and expressions */
	"t\n.param k=2\nv1 in 0 1\nb1 a 0 v={k*pi+e+time*0+hertz*0+temper}\nb2 0 b i=k*v(in)*1m\n"
	"b3 c 0 v=v(in)>0 ? v(in) : 0 tc1=0.001\ne4 d 0 vol='v(in)*k'\ng5 e 0 cur='v(in)*k*1m'\n"
	"e6 f 0 table {v(in)} = (-1,-1) (0,0) (1,2)\ne7 g 0 poly(2) in 0 a 0 0 1 1\n"
	"r1 a 0 1\nr2 b 0 1\nr3 c 0 1\nr4 d 0 1\nr5 e 0 1\nr6 f 0 1\nr7 g 0 1\n"
	"r8 a c r='1k*(1+v(d)*v(d))'\n.op",
	"t\nv1 1 0 pulse(0 1 0 1n 1n 1u 2u)\nr1 1 2 1k\nc1 2 0 100p\n.tran 1n 2u\n.param lim=0.5\n"
	".meas tran t1 when v(2)=lim rise=1\n.meas tran t2 when v(2)='lim*1.1' cross=last\n"
	".meas tran dt param='t2-t1'",
	/* models */
	"t\n.model nn.1 nmos level=8 version=3.3.0 lmin=1u lmax=2u wmin=1u wmax=10u\n"
	".model nn.2 nmos level=8 version=3.3.0 lmin=2u lmax=20u wmin=1u wmax=10u\n"
	"m1 1 1 0 0 nn w=2u l=3u\nv1 1 0 1\n.op",
	"t\nv1 1 0 0.1\nx1 1 s\n.subckt s a\n.model dd d\n.subckt in p\nd1 p 0 dd\n.ends\nx1 a in\n"
	".ends\n.op",
	"t\n.param a=1\n.if (a==1)\nr1 1 0 1\n.else\nr1 1 0 2\n.endif\nv1 1 0 1\n.op",
	"t\n.param k=2\nv1 1 0 1\ne1 2 0 vol='v(1)'*k+1 tc1=1m m=2\ng1 2 0 cur={v(1)} + k\n"
	"b1 3 0 v=v(1) dtemp=3\nr1 2 3 1\nr2 2 0 =1k\nc1 2 0 = {1p}\n.op",
	"t\n.param a=1\n.if (a==1) m=2 foo\nv1(x) 1 0 1\n.endif\nv1(y) 2 0 1\nr1 1 2 1\n.op",
	"t\nv1 1 0 1\nd1 1 time hertz\n.model hertz d\na1 1 t gg\n.model gg gain\n"
	"r1 time 0 1\nr2 t 0 1\n.op",
	"t\nv1 1 0 1\ny1 1 0 2 0 ym len=2\n.model ym txl(r 1 l 1n g 0 c 1p length 1)\nr1 2 0 1\n"
	"p1 1, 3, 0, 2, 4, 0 pl len=1\n.model pl cpl r=1 0 1 l=1n 0.1n 1n g=0 0 0 c=1p -0.1p 1p "
	"length=2\nr2 4 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 2 r 1k\nc1 2 0 c 1p\ne1 3 0 1 2 1 2 3\nf1 4 0 v1 1 2\nr2 3 4 1\n"
	"r3 4 0 1\na1 [1 0] [d e] ad\n.model ad adc_bridge\n.op",
	"t\nv1 1 0 ac 1\nr1 1 2 1k\nc1 2 0 1p\n.pz 1 GND 2 0 vol pz",
	"t\nv1 1 0 1\nd1 1 0 dd 2\nd2 1 0 dd\nd3 1 0 ee off\n.model dd d\n.model ee d\n.op",
	"t\nv1 1 0 1\nd1 1 0 dd 2\n.model dd d\n.if (1)\nr1 1 0 1\n.endif\n.op",
	"t \xe4\nv1 \xc3\xa4 0 1\nr1 \xc3\xa4 0 1\xb5\n* \xe4\n.title \xe4\n.op",
	"t\nv1 1 0 1\nr1 1 0 {f(2)}\n.func f(x) {x*2} *3\n.op",
	"t\n.param y=unif(1,0.1) z=1\nv1 1 0 1\nr1 1 0 {1 ? (y) : y+z}\n.op",
	/* paths to ground */
	"t\n.model jn njf\n.model qn npn\n.model mm nmf\nv1 1 0 1\nj1 1 2 0 jn\nq1 1 3 0 qn\n"
	"q2 1 1 0 4 qn\nz1 1 5 0 mm\nc1 1 2 1n\nc2 1 3 1n\nc4 1 4 1n\nc5 1 5 1n\n.op",
	"t\n.model n14 nmos level=14 version=4.8 igcmod=1 igbmod=1\nv1 1 0 1\n"
	"m1 1 2 0 0 n14 w=1u l=1u\nc1 2 1 1n\n.op",
	"t\nv1 in 0 1\nr1 in a 1k\ng1 a 0 b 0 1m\ng2 0 b a 0 1m\nc1 b 0 1n\n.op",
	"t\ni1 0 2 1\ng1 2 0 2 0 1m\n.op",
	"t\nv1 in 0 1\nb1 0 x i=v(in)-v(o)\nc1 x 0 1n\ne1 o 0 x 0 1\nr1 o 0 1k\n.op",
	"t\nv1 1 0 1\nc1 1 2 1n\nc2 2 0 1n\n.ic v(2)=0.3\n.tran 1n 10n",
	"t\nv1 1 0 1\nc1 1 2 1n\nc2 2 0 1n\n.tran 1n 10n uic",
	"t\nv1 1 0 1\nc1 1 2 1n\nc2 2 0 1n\n.options rshunt=1e12\n.op",
	"t\n.global vdd\nv1 vdd 0 1\nx1 2 s\n.subckt s p\nr1 p vdd 1\nc1 p 0 1n\n.ends\n.op",
	"t\nv1 1 0 1\nt1 1 0 2 0 z0=50 td=1n\nt2 1 0 2 0 z0=50 td=1n\nr1 2 0 50\n.op",
	/* loops */
	"t\nv1 1 0 1\nvs 1 2 0\nh1 2 0 vs 1k\n.op",
	"t\nv1 1 0 sin(0 1 1k)\nl1 1 0 1m\nr1 1 0 1\n.tran 1u 10u uic",
	"t\nv1 1 0 1\nl1 1 0 1n\n.options rseries=1m\n.op",
};

/* libngspice does not run these; lint finds an error. */
static const char *const unsound[] = {
	/* ports of code models, and for S parameters */
	"t\nv1 1 0 1\nr1 2 0 1\na1 1 gg\n.model gg gain\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 1 2 3 gg\n.model gg gain\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 1 null gg\n.model gg gain\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 1 2 gg\n.model gg summer\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 [1] 2 gg\n.model gg summer\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 [1 0] 2 gg\n.model gg summer(in_gain=[1])\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 %g 1 2 gg\n.model gg gain\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 %vd 1 %v 2 gg\n.model gg gain\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 %vnam r1 2 gg\n.model gg gain\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\na1 d c null null q gg\n.model gg d_dff\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\na1 [d null] q gg\n.model gg d_and\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\na1 1 2 gg\n.model gg d\n.op",
	"t\nv1 1 0 1 distof1\nr1 1 0 1\n.op",
	"t\ni1 1 0 1 distof1 1 distof2\nr1 1 0 1\n.op",
	"t\nv1 1 0 portnum 1 z0 50\nr1 1 2 1\nv2 2 0 portnum 3 z0 50\n.op",
	"t\nv1 1 0 portnum 1 z0 50\nr1 1 2 1\nv2 2 0 portnum 1 z0 50\n.op",
	/* names, values, cards */
	"t\nv1 1 0 1\nr1 1 0 {x}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\n.param y={x}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\n.param y={y}\n.op",
	"t\nv1 1 0 1\nr1 1 0 {pi}\n.op",
	"t\nv1 1 0 {temper}\nr1 1 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\n.param y={time}\n.op",
	"t\nv1 1 0 1\nm1 1 1 0 0 nn w=x l=1u\n.model nn nmos\n.op",
	"t\nv1 1 0 1\nd1 1 0 dd\n.model dd d is=x\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\nc1 1 0 1\n.ic v(1)=x\n.tran 1 2",
	"t\nv1 1 0 1\nr1 1 0 1\n.tran {x} 1",
	"t\nv1 1 0 1\nr1 1 0 1\n.opt method=gear\n.op",
	"t\nr1 2 0 1\nb1 2 0 v=i(vx)\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\n.tran 0.1 1\n.meas tran a find v(1) at=x",
	"t\nr1 1 0 1\nb1 1 0 v=x*2\n.op",
	"t\nr1 1 0 1\nb1 1 0 v=f(2)\n.op",
	"t\nv1 1 0 1\nr1 1 0 {f(2)}\n.op",
	"t\n.func f(x) {x*y}\nv1 1 0 1\nr1 1 0 {f(2)}\n.op",
	"t\nv1 1 0 1\n.if (x==1)\nr1 1 0 1\n.else\nr1 1 0 2\n.endif\n.op",
	"t\n.param a=1\nv1 1 0 1\n.if (a==1)\nr1 1 0 1\n.else\nr1 1 0 {x}\n.endif\n.op",
	"t\nv1 1 0 1\nx1 1 s p=p\n.subckt s a p=1k\nr1 a 0 {p}\n.ends\n.op",
	"t\nv1 1 0 1\nx1 1 s foo=1\n.subckt s a\nr1 a 0 1\n.ends\n.op",
	"t\nv1 1 0 1\nx1 1 s m={k}\n.subckt s a\nr1 a 0 1\n.ends\n.op",
	"t\nv1 1 0 1\nr1 1 0 foo\n.op",
	"t\nv1 1 0 1\nd1 1 0 dd\n.op",
	"t\nx1 1 s\n.subckt t a\nd1 a 0 d\n.ends\n.subckt s a\n.model d d\nx1 a t\n.ends\n.op",
	"t\nv1 1 0 1\nx1 1 0 nosub\n.op",
	"t\nv1 1 0 1\nx1 1 s\n.subckt s a b\nr1 a b 1\n.ends\n.op",
	"t\nv1 1 0 1\nx1 1 0 s\n.subckt s a\nr1 a 0 1\n.ends\n.op",
	"t\nv1 1 0 1\nx1 1 s\n.subckt s a\nr1 a 0 1\nx1 a s\n.ends\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\nR1 1 0 2\n.op",
	"t\nv1 1 0 1\nr1 2 0 1\nf1 2 0 vx 0.5\n.op",
	"t\nv1 1 0 1\nl1 1 2 1\nr1 2 0 1\nk1 l1 l2 0.5\n.op",
	"t\nv1 1 0 1\nr1 1 0 1",
	"t\nv1 1 0 1\ng1 2 0 1 0 1m\n.op",
	"t\nr1 3 0 1\ng1 3 0 2 0 1\n.op",
	"t\nr1 3 0 1\nb1 3 0 v=v(2)\n.op",
	"t\nv1 1 0 1\nv2 1 0 1\nr1 1 0 1\n.op",
	"t\nv1 1 0 1\nv2 1 0 1\nr1 1 0 1\n.tran 1u 10u uic",
	"t\nv1 1 0 1\nv2 2 0 1\nr1 2 0 1\ne1 1 0 2 0 1\n.op",
	"t\nv1 1 0 1\nb1 1 0 v=1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\nv2 1 1 0\n.op",
	"t\nv1 1 0 1\nd1 1 0 dd 2\n.model dd d\n.op",
	"t\nv1 1 0 1\nq1 1 1 0 qn {k}\n.model qn npn\n.param k=2\n.op",
	"t\nv1 1 0 1\nm1 1 1 0 0 0 mm\n.model mm nmos\n.op",
	"t\nv1 1 0 1\nc1 1 0 cm l=1u w=1u\n.model cm cap cj=1m\nr1 1 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 *1\n.op",
	"t\nv1 1 0 1\nl1 1 2 1\nl2 3 0 1\nr1 2 0 1\nr2 3 0 1\nk1 l1 l2 0.5 0.5\n.op",
	/* what poisons the library, and what it refuses */
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1\xe4 0 1k\n.op",
	"t\nv1 1 0 1\nr1 1 0 {f(2)}\n.func f(x) {x*2} +\n.op",
	"t\nv1 1 0 1\nr1 1 0 {f(2)}\n.func f(x) {x*2} (3)\n.op",
	"t\nv1 1 0 1\nx1 1 s\n.subckt s a 1pv=3\nr1 a 0 1\n.ends\n.op",
	"t\n.param y=unif(1,0.1) u={1 ? y : 2}\nv1 1 0 1\nr1 1 0 {u}\n.op",
	"t\n.param y={3*temper}\nv1 1 0 1\nr1 1 0 {1&&y}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 {1+}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 {4k7}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 {1 2}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 {}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 {sqrt()}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 {1/0}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 {ln(-1)}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 {1+{2}}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.param q={1+}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.param q=\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.param x={y} y={x}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.func f(x,y) {x*y}\nr2 1 0 {f(1)}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.func f(x) {x+}\nr2 1 0 {f(1)}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.func\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.func f {1}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.if (1+)\n.endif\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.if 1\n.endif\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.csparam q={1+}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.subckt s a w=1\nr1 a 0 {w}\n.ends\nx1 1 s w=\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.subckt s a w=1\nr1 a 0 {w}\n.ends\nx1 1 s w={1+}\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.model dd d is={1e-14*}\nd1 1 0 dd\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.model dd npn\nd1 1 0 dd\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.model sw csw\ns1 1 0 1 0 sw\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nf1 2 0 r1 1\nr2 2 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nl1 1 2 1\nr2 2 0 1\nk1 l1 0.5\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nl1 1 2 1 ic=\nr2 2 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nb1 2 0\nr2 2 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nb1 2 0 v=1 i=2\nr2 2 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nb1 2 0 v=(v(1)\nr2 2 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\ne1 2 0 value\nr2 2 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\ne1 2 0 value={}\nr2 2 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nt1 1 0 2 0 td=1n\nr2 2 0 50\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nt1 1 0 2 0 z0=0 td=1n\nr2 2 0 50\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nv2 2 0 pulse(1)\nr2 2 0 1\n.tran 1n 10n",
	"t\nv1 1 0 1\nr1 1 0 1k\nv2 2 0 pwl(0 0 2n 1 1n 2)\nr2 2 0 1\n.tran 1n 10n",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 1k foo=2\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.tran 1n",
	"t\nv1 1 0 1\nr1 1 0 1k\n.tran 0 1n",
	"t\nv1 1 0 1\nr1 1 0 1k\n.tran 1n 1n 2n",
	"t\nv1 1 0 1\nr1 1 0 1k\n.tran 1n abc",
	"t\nv1 1 0 1\nr1 1 0 1k\n.ac foo 10 1 10",
	"t\nv1 1 0 1\nr1 1 0 1k\n.ac dec 10 0 10",
	"t\nv1 1 0 1\nr1 1 0 1k\n.dc vx 0 1 0.1",
	"t\nv1 1 0 1\nr1 1 0 1k\n.dc",
	"t\nv1 1 0 1\nr1 1 0 1k\n.noise v(1) v7 dec 1 1 10",
	"t\nv1 1 0 1\nr1 1 0 1k\n.noise 1 v1 dec 1 1 10",
	"t\nv1 1 0 1\nr1 1 0 1k\n.noise v(1) v1 dec 1 1 10",
	"t\nv1 1 0 1\nr1 1 0 1k\n.tf v(1) vx",
	"t\nv1 1 0 1\nr1 1 0 1k\n.pz 1 0 2 0 foo pz",
	"t\nv1 1 0 1\nr1 1 0 1k\n.disto",
	/* words that are no parameters, gains that are not there */
	"t\nv1 1 0 1\nc1 1 0 1p cm\n.model cm c(cj=1)\n.op",
	"t\nv1 1 0 1 2\nr1 1 0 1k\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k foo\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k time\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k tc1={temper}\n.op",
	"t\nv1 1 0 1\nm1 1 1 0 0 nn 5\n.model nn nmos\n.op",
	"t\nv1 1 0 1\nr1 1 2 1\ne1 2 0 1 0\n.op",
	"t\nv1 1 0 1\nr1 1 2 1\nf1 2 0 v1\n.op",
	/* values that are not there */
	"t\nv1 1 0 1\nr1 1 0 1k\n.model dd d is=\nd1 1 0 dd\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.ic v(1)=\n.tran 1 2",
	"t\nv1 1 0 1\nr1 1 0 1k\n.meas tran a find v(1) at=\n.tran 1 2",
	"t\nv1 1 0 1\nr1 1 0 1k\n.op r=",
	"t\nv1 1 0 1\nr1 1 0 1k\n.ic a\n.tran 1 2",
	"t\nv1 1 0 1\nr1 1 0 1k\n.csparam =1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.param )=1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.param f(=1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.if (0)\nr2 1 0 {4k7}\n.endif\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.if (0)\n.param b={1+}\n.endif\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\n.if (1) m=\n.endif\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 =\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 1 0 ='1k*v(1)'\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nc1 1 0 c=1p ic=1 hertz\n.op",
	"t\nv1 1 0 1\nr1 2 0 1k\ne1 2 0 vol='v(1)' foo\n.op",
	"t\nv1 1 0 1\nr1 2 0 1k\ng1 2 0 vol='v(1)'\n.op",
	"t\nv1 1 0 1\nr1 2 0 1k\nb1 2 0 v=v(1) foo=2\n.op",
	"t\nv1 1 0 1\nr1 1 2 1k\nc1 2 0 1p\n.pz 1 0 2 0 vol pz",
	"t\nv1 1 0 ac 1\nr1 1 2 1k\nc1 2 0 1p\n.pz 1 0 3 0 vol pz",
	"t\nv1 1 0 ac 1\nr1 1 2 1k\nc1 2 0 1p\n.pz 1 2 1 2 vol pz",
	"t\nv1 1 0 ac 1\nr1 1 2 1k\nc1 2 0 1p\n.pz 1 0 2 0 vol pole",
	/* lines */
	"t\nv1 1 0 1\ny1 1 0 2 0 ym len=0\n.model ym txl r=1 l=1n g=0 c=1p length=1\nr1 2 0 "
	"1\n.op",
	"t\nv1 1 0 1\ny1 1 0 2 0 ym\n.model ym txl r=1 l=1n g=0 c=1p\nr1 2 0 1\n.op",
	"t\nv1 1 0 1\np1 1 0 2 0 pl length=0\n.model pl cpl r=1 l=1n g=0 c=1p length=1\nr1 2 0 "
	"1\n.tran 1n 2n",
	"t\nv1 1 0 1\np1 (1 0 2 0) pl\n.model pl cpl r=1 l=1n g=0 c=1p length=1\nr1 2 0 1\n"
	".tran 1n 2n",
	"t\nv1 1 0 1\np1 1 0 2 0 pl foo=1\n.model pl cpl r=1 l=1n g=0 c=1p length=1\nr1 2 0 1\n"
	".tran 1n 2n",
};

/* libngspice crashes at these, some after it has refused them, so a child tries; lint finds an error. */
static const char *const fatal[] = {
	"t\nv1 1 0 1 ac (\nr1 1 0 1\n.op",
	"t\nv1 1 0 1 r=0\nr1 1 0 1\n.op",
	"t\nv1 1 0 1 portnum\nr1 1 0 1\n.op",
	"t\nv1 1 0 1 portnum 1\nr1 1 0 1\n.op",
	"t\nv1 1 0 1\nr1 temper 1 1\nr2 temper 0 1\n.op",
	"t\nv1 1 0 1\na1 1 temper gg\n.model gg gain\nv2 temper 0 1\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\na1 [1 0] [d] ad\n.model ad adc_bridge\na2 d e inv\n"
	".model inv d_inverter\n.tran 1n 10n",
	"t\nv1 1 0 1\nr1 1 0 1\na1 1 2 m\n.model m real_gain\n.op",
	"t\nv1 1 0 ac 1 portnum 1 z0 50\nr1 1 2 1\nv2 2 0 portnum 2 z0 50\n.sens v(2)",
	"t\nv1 1 0 1\nd1 1 0 temper\n.model temper d\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\n.tran 1 2\n.meas tran m =1",
	"t\nv1 1 0 1\nr1 1 0 1\n.tran 1 2\n.meas tran m find v(1) =1",
	"t\nv1 1 0 1\nr1 1 0 1\n.model_x\n.op",
	"t\nv1 1 0 1\nr1 1 0 1\n.csparamx\n.op",
	"t\nv1 1 0 distof1 1\nr1 1 0 1k\n.disto dec 2 1k 10",
	/* coupled lines */
	"t\nv1 1 0 1\np1 1 3 0 2 4 0 5 pl\n.model pl cpl r=1\nr1 2 0 1\n.tran 1n 2n",
	"t\nv1 1 0 1\np1 1 3 0 2 4 0 pl\n.model pl cpl r=1 0 1 l=1n 2n 1n g=0 0 0 c=1p 0 1p "
	"length=1\nr1 2 0 1\nr2 4 0 1\n.tran 1n 2n",
};

/* libngspice reads or writes what is not its own; what comes of it hangs on the heap, so none tries. */
static const char *const stray[] = {
	"t\nv1 1 0 1\nr1 1 2 1\nr2 2 0 1\n.sens v(2)\n.sens v(1)",
	"t\nv1 1 0 ac 1 portnum 1 z0 50\nr1 1 2 1\nv2 2 0 portnum 2 z0 50\n.sp dec 1 1 10\n"
	".pz 1 0 2 0 vol pz",
	"t\nv1 1 0 1\np1 1 3 0 2 4 0 pl\n.model pl cpl r=1 0 1 l=1n 0 1n g=0 0 0 c=1p\n"
	"+length=1\nr1 2 0 1\nr2 4 0 1\n.tran 1n 2n",
	"t\nv1 1 0 1\np1 1 3 0 2 4 0 pl\n.model pl cpl r=1 l=1n 0 1n g=0 0 0 c=1p 0 1p length=1\n"
	"r1 2 0 1\nr2 4 0 1\n.tran 1n 2n",
	"t\nv1 1 0 1\np1 1 2 3 4 5 6 7 8 9 0 11 12 13 14 15 16 17 18 19 0 pl\n"
	".model pl cpl r=1 l=1n g=0 c=1p length=1\nr1 11 0 1\n.tran 1n 2n",
};

/* libngspice says that the matrix is singular and comes to an end all the same; lint warns. */
static const char *const doubtful[] = {
	"t\nv1 1 0 1\nc1 1 2 1n\nc2 2 0 1n\n.op",
	"t\nv1 1 0 1\nc1 1 2 1n\nc2 2 0 1n\n.nodeset v(2)=1\n.op",
	"t\nv1 1 0 1\nc1 1 2 1n\nc2 2 0 1n\n.ic v(2)=1\n.op",
	"t\ni1 0 2 1\nc2 2 0 1n\n.op",
	"t\n.model nn nmos\nv1 1 0 1\nc1 1 2 1p\nm1 1 2 0 0 nn\n.op",
	"t\nv1 1 0 1\nr1 1 0 1k\nr2 2 3 1k\nr3 3 2 2k\n.op",
	"t\nv1 1 0 1\nr1 1 4 1k\nl1 4 0 1m\nl2 2 3 1m\nk1 l1 l2 0.9\nr3 3 2 2k\n.op",
	"t\nv1 1 0 1\nt1 1 0 2 3 z0=50 td=1n\nr1 2 3 1\n.op",
	"t\nv1 1 0 1\nl1 1 0 1\n.op",
};

static size_t count_findings(const char *deck, enum carom_severity severity)
{
	struct carom_circuit *circuit;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;
	size_t count = 0;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "t.cir", NULL, &err);
	assert_ok(&err);
	carom_circuit_lint(circuit, &findings, &err);
	assert_ok(&err);
	for (size_t i = 0; i < carom_findings_count(findings); i++)
		count += carom_findings_get(findings, i).severity == severity;
	carom_findings_free(findings);
	carom_circuit_free(circuit);
	return count;
}

static void note_singular(void *arg, enum ng_message_kind kind, const char *line)
{
	bool *is_singular = arg;

	(void)kind;
	*is_singular |= strstr(line, "ingular matrix") != NULL;
}

/* Does libngspice load and run the deck? */
static bool runs(struct ng_session *session, const char *deck, bool *is_singular)
{
	struct carom_error err = CAROM_ERROR_INIT;

	*is_singular = false;
	if (load_ng(session, deck, &err) == CAROM_OK)
		ng_session_run(session, &err);
	return err.status == CAROM_OK;
}

static bool is_refused(const char *deck)
{
	struct carom_circuit *circuit;
	struct carom_error err = CAROM_ERROR_INIT;
	bool is_refused;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "t.cir", NULL, &err);
	assert_ok(&err);
	is_refused = circuit_check_deadly(circuit, NULL) != 0;
	carom_circuit_free(circuit);
	return is_refused;
}

static void no_error_is_found_where_ngspice_finds_none(void **state)
{
	bool is_singular = false;
	const struct ng_options options = {.log = note_singular, .log_arg = &is_singular};
	struct ng_session *session = start_ng(&options);

	(void)state;
	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++) {
		if (!runs(session, sound[i], &is_singular) || is_singular || is_refused(sound[i]) ||
		    count_findings(sound[i], CAROM_SEVERITY_ERROR) != 0)
			fail_msg("%s", sound[i]);
	}
	stop_ng(session);
}

static void a_warning_is_given_where_ngspice_comes_to_an_end_in_spite_of_all(void **state)
{
	bool is_singular = false;
	const struct ng_options options = {.log = note_singular, .log_arg = &is_singular};
	struct ng_session *session = start_ng(&options);

	(void)state;
	for (size_t i = 0; i < sizeof(doubtful) / sizeof(doubtful[0]); i++) {
		if (!runs(session, doubtful[i], &is_singular) || !is_singular ||
		    count_findings(doubtful[i], CAROM_SEVERITY_ERROR) != 0 ||
		    count_findings(doubtful[i], CAROM_SEVERITY_WARNING) == 0)
			fail_msg("%s", doubtful[i]);
	}
	stop_ng(session);
}

static void an_error_is_found_where_ngspice_stumbles(void **state)
{
	bool is_singular = false;
	const struct ng_options options = {.log = note_singular, .log_arg = &is_singular};
	struct ng_session *session = start_ng(&options);

	(void)state;
	for (size_t i = 0; i < sizeof(unsound) / sizeof(unsound[0]); i++) {
		if (runs(session, unsound[i], &is_singular) ||
		    count_findings(unsound[i], CAROM_SEVERITY_ERROR) == 0)
			fail_msg("%s", unsound[i]);
	}
	stop_ng(session);
}

/* As runs(), in a child of its own that says nothing; it may die of what a session refuses alone. */
static bool runs_apart(const char *deck)
{
	static const int deadly[] = {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE};
	bool is_singular;
	pid_t child = fork();
	int status;

	if (child == 0) {
		for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
			signal(deadly[i], SIG_DFL); /* the test's own would report */
		assert_non_null(freopen("/dev/null", "w", stderr));
		_exit(runs(start_ng(NULL), deck, &is_singular) ? 0 : 1);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) || is_refused(deck));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void an_error_is_found_where_ngspice_crashes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++) {
		if (runs_apart(fatal[i]) || count_findings(fatal[i], CAROM_SEVERITY_ERROR) == 0)
			fail_msg("%s", fatal[i]);
	}
}

static void a_deck_that_strays_into_the_heap_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(stray) / sizeof(stray[0]); i++) {
		if (!is_refused(stray[i]) || count_findings(stray[i], CAROM_SEVERITY_ERROR) == 0)
			fail_msg("%s", stray[i]);
	}
}

static void append_parentheses(struct text *deck, unsigned depth)
{
	text_printf(deck, "r1 1 0 {");
	for (unsigned i = 0; i < depth; i++)
		text_printf(deck, "(");
	text_printf(deck, "1");
	for (unsigned i = 0; i < depth; i++)
		text_printf(deck, ")");
	text_printf(deck, "}\n");
}

static void append_instances(struct text *deck, unsigned depth)
{
	text_printf(deck, "x0 1 s1\n");
	for (unsigned i = 1; i < depth; i++)
		text_printf(deck, ".subckt s%u p\nx1 p s%u\n.ends\n", i, i + 1);
	text_printf(deck, ".subckt s%u p\nr1 p 0 1\n.ends\n", depth);
}

static void depths_that_ngspice_does_not_reach_are_found(void **state)
{
	static const unsigned depths[] = {19, 20, 21, 22, 23, 256, 257};
	bool is_singular = false;
	struct ng_session *session = start_ng(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(depths) / sizeof(depths[0]); i++) {
		struct text deck = TEXT_INIT;

		text_printf(&deck, "t\nv1 1 0 1\n");
		if (depths[i] > 100)
			append_parentheses(&deck, depths[i]);
		else
			append_instances(&deck, depths[i]);
		text_printf(&deck, ".op");
		if (runs(session, text_string(&deck), &is_singular) !=
		    (count_findings(text_string(&deck), CAROM_SEVERITY_ERROR) == 0))
			fail_msg("%u", depths[i]);
		text_release(&deck);
	}
	stop_ng(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_error_is_found_where_ngspice_finds_none),
		cmocka_unit_test(a_warning_is_given_where_ngspice_comes_to_an_end_in_spite_of_all),
		cmocka_unit_test(an_error_is_found_where_ngspice_stumbles),
		cmocka_unit_test(an_error_is_found_where_ngspice_crashes),
		cmocka_unit_test(a_deck_that_strays_into_the_heap_is_refused),
		cmocka_unit_test(depths_that_ngspice_does_not_reach_are_found),
	};

	return run_all_tests(tests);
}
