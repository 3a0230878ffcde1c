/* What one core can do at best: the steps of many runs that share one order of the samples, written so that a compiler
   turns each line into vector instructions across the runs. 3-1-1 networks; the weights lie as w[weight][run]. */

#define BLOCK 128 /* runs whose weights stay in the first cache */
#define A 1.716
#define B (2.0 / 3.0)

/* e^x for |x| < 700: 2^k by its exponent bits, the rest by Taylor's polynomial of degree 11 */
static inline double exponential(double x) {
    double k = __builtin_rint(x * 1.4426950408889634);
    double r = x - k * 0.693147180369123816490 - k * 1.90821492927058770002e-10;
    double p = 1.0 / 39916800;
    const double factorial[] = {3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1};
    for (int i = 0; i < 11; i++) p = p * r + 1.0 / factorial[i];
    union { long long bits; double value; } power = {((long long)k + 1023) << 52};
    return p * power.value;
}

static inline double activation(double net) { return 2 * A / (1 + exponential(-B * net)) - A; }
static inline double slope(double value) { return B / (2 * A) * (A * A - value * value); }

/* `orders` holds the samples of all epochs one after the other; `error` receives the sum over the last epoch. */
void train(double *w, long runs, const double *inputs, const double *labels, const int *orders, long epochs,
           long samples, double rate, double *error) {
    for (long first = 0; first < runs; first += BLOCK) {
        long size = runs - first < BLOCK ? runs - first : BLOCK;
        double v[6][BLOCK] = {{0}}, total[BLOCK];
        for (int i = 0; i < 6; i++)
            for (long r = 0; r < size; r++) v[i][r] = w[i * runs + first + r];
        for (long epoch = 0; epoch < epochs; epoch++) {
            for (long r = 0; r < BLOCK; r++) total[r] = 0;
            for (long step = 0; step < samples; step++) {
                long sample = orders[epoch * samples + step];
                double x1 = inputs[3 * sample], x2 = inputs[3 * sample + 1], x3 = inputs[3 * sample + 2];
                double y = labels[sample];
                for (long r = 0; r < BLOCK; r++) {
                    double h = activation(v[0][r] + v[1][r] * x1 + v[2][r] * x2 + v[3][r] * x3);
                    double o = activation(v[4][r] + v[5][r] * h);
                    double output_delta = rate * 2 * (o - y) * slope(o);
                    double hidden_delta = output_delta * v[5][r] * slope(h);
                    total[r] += (o - y) * (o - y);
                    v[0][r] -= hidden_delta;
                    v[1][r] -= hidden_delta * x1;
                    v[2][r] -= hidden_delta * x2;
                    v[3][r] -= hidden_delta * x3;
                    v[4][r] -= output_delta;
                    v[5][r] -= output_delta * h;
                }
            }
        }
        for (int i = 0; i < 6; i++)
            for (long r = 0; r < size; r++) w[i * runs + first + r] = v[i][r];
        for (long r = 0; r < size; r++) error[first + r] = total[r];
    }
}
